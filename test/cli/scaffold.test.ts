import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.ts';
import { TestFolder } from '../support/command-line.ts';

const ANSWERS =
  'scaffold records-api --namespace phi-records --image registry.clinic.example/records/api:1.0.0 --port 8443';

describe('scaffold', () => {
  it('writes the files into a folder named like the service, and check finds nothing', async () => {
    const folder = new TestFolder();
    const { code, output, errors } = await folder.run(`${ANSWERS} --caller portal --caller billing/claims`);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain('  records-api/service/deployment.yaml\n');
    expect(folder.read('records-api/service/network-policy.yaml')).toContain(
      'app.kubernetes.io/name: claims',
    );
    expect(await folder.findings('.', '', rules)).toEqual([]);
  });

  it('prints instead, and writes to another folder', async () => {
    const folder = new TestFolder();
    const { output } = await folder.run(`${ANSWERS} --output helm --dry-run`);
    expect(output).toContain('==> chart/Chart.yaml <==\napiVersion: v2\nname: records-api\n');
    expect(existsSync(join(folder.path, 'records-api'))).toBe(false);
    await folder.run(`${ANSWERS} --output kustomize --folder deploy/records`);
    expect(folder.read('deploy/records/overlays/production/kustomization.yaml')).toContain('newTag: "1.0.0"');
  });

  it('warns who lets requests in by ingress-nginx', async () => {
    const folder = new TestFolder();
    const { output } = await folder.run(`${ANSWERS} --host records.clinic.example --entry nginx`);
    expect(output).toContain(
      'Warning: ingress-nginx was retired in March 2026 and gets no security updates.',
    );
    expect((await folder.run(`${ANSWERS} --folder other`)).output).not.toContain('Warning');
  });

  it('never overwrites', async () => {
    const folder = new TestFolder({ 'records-api/service/role.yaml': '# mine\n' });
    const { code, errors } = await folder.run(ANSWERS);
    expect(code).toBe(2);
    expect(errors).toContain('records-api/service/role.yaml is there already, so nothing was written.');
    expect(folder.read('records-api/service/role.yaml')).toBe('# mine\n');
    expect(existsSync(join(folder.path, 'records-api/README.md'))).toBe(false);
  });

  it('tells all that is wrong with the answers', async () => {
    const folder = new TestFolder();
    const { code, errors } = await folder.run('scaffold Records --namespace default --mesh istoi');
    expect(code).toBe(2);
    expect(errors).toContain('NAME: The name is made of lower-case letters');
    expect(errors).toContain('--namespace: Everybody can deploy to the namespace "default"');
    expect(errors).toContain('--image: The image is missing.');
    expect(errors).toContain('--port: The port is missing.');
    expect(errors).toContain('Did you mean istio?');
    expect((await folder.run('scaffold')).errors).toContain('takes the name of one service');
  });

  it('says that a way in needs a name', async () => {
    const { code, errors } = await new TestFolder().run(`${ANSWERS} --entry nginx`);
    expect(code).toBe(2);
    expect(errors).toContain('--entry: Requests come in under a name. Add --host, or leave --entry out.');
  });

  it.each([
    'taken',
    'taken/deep/below',
    ...(existsSync('/proc/self') ? ['/proc/nope', '/proc/nope/deep'] : []),
  ])('says so when the folder cannot be made: %s', async (path) => {
    const folder = new TestFolder({ taken: '' });
    const { code, errors } = await folder.run(`${ANSWERS} --folder ${path}`);
    expect(code).toBe(2);
    expect(errors).toMatch(/README\.md cannot be written \([A-Z]+\)\./);
  });

  it('asks the configuration which registries are allowed', async () => {
    const configuration = 'images:\n  allowedRegistries: [registry.hospital.example]\n';
    const folder = new TestFolder({ '.kube-safeguards.yaml': configuration });
    expect((await folder.run(ANSWERS)).errors).toContain(
      '--image: Images come from registry.hospital.example',
    );
  });
});
