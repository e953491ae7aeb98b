import { describe, expect, it } from 'vitest';
import { TestFolder } from '../support/command-line.ts';

const MANIFEST = `apiVersion: v1
kind: Pod
metadata: { name: intake, namespace: patient-intake }
spec: { containers: [{ name: main, image: registry.clinic.example/intake:1.0.0 }] }
`;

describe('init', () => {
  it('writes what the manifests suggest, which check then follows', async () => {
    const folder = new TestFolder({
      'apps/intake.yaml': MANIFEST,
      'vendor/node_modules/x.yaml': MANIFEST.replace('registry', 'other'),
    });
    const { code, output } = await folder.run('init');
    expect(code).toBe(0);
    expect(output).toContain('.kube-safeguards.yaml is written.');
    const written = folder.read('.kube-safeguards.yaml');
    expect(written).toContain('    - patient-intake # its name\n');
    expect(written).toContain('    - registry.clinic.example\n');
    expect(written).not.toContain('other.clinic.example');
    expect((await folder.run('check')).errors).toBe('');
  });

  it('prints instead', async () => {
    const folder = new TestFolder({ 'apps/intake.yaml': MANIFEST });
    expect((await folder.run('init apps --dry-run')).output).toContain('- patient-intake');
    expect(() => folder.read('apps/.kube-safeguards.yaml')).toThrow('ENOENT');
  });

  it.each(['.kube-safeguards.yaml', '.kube-safeguards.yml'])('leaves %s alone', async (file) => {
    const folder = new TestFolder({ [file]: 'rules: {}\n' });
    const { code, errors } = await folder.run('init');
    expect(code).toBe(2);
    expect(errors).toContain(`${file} is there already, and is left as it is`);
    expect(folder.read(file)).toBe('rules: {}\n');
    expect((await folder.run('init nowhere')).errors).toContain('nowhere is no folder.');
  });
});
