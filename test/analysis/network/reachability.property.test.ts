import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../server/src/analysis/network/cidr.ts';
import { decide } from '../../../server/src/analysis/network/decide.ts';
import {
  distinctPorts,
  internetPassage,
  passageBetween,
} from '../../../server/src/analysis/network/points.ts';
import { BruteForce } from './brute-force.ts';
import { cluster, objectsOf } from './random-cluster.ts';
import { siteNamed, worldOfObjects } from './world-of.ts';

const ADDRESSES = ['8.8.8.8', '8.1.2.3', '1.2.3.4', '9.9.9.9', '10.1.2.3', '10.2.0.1', '2606:4700::1111'];
const PORTS = [1, 50, 52, 53, 54, 60, 61, 79, 80, 81, 85, 86, 90, 91, 65_535];

describe('reachability', () => {
  it('is what a brute-force evaluator says, pod by pod, port by port, address by address', () => {
    fc.assert(
      fc.property(cluster, (value) => {
        const pods = value.pods.map((item, index) => ({ ...item, name: `pod-${index}` }));
        const world = worldOfObjects(objectsOf(value, pods));
        const oracle = new BruteForce(value);
        const sites = pods.map(({ namespace, name }) => siteNamed(world, `${namespace}/${name}`));
        for (const protocolName of ['TCP', 'UDP']) {
          for (const number of PORTS) {
            const at = { protocol: protocolName, port: number };
            for (const [i, from] of pods.entries()) {
              const site = sites[i];
              if (site === undefined) continue;
              for (const [j, to] of pods.entries()) {
                const target = sites[j];
                if (target === undefined) continue;
                const expected =
                  oracle.mayPass('egress', from, to, protocolName, number) &&
                  oracle.mayPass('ingress', to, from, protocolName, number);
                expect(passageBetween(site, target, at) !== undefined).toBe(expected);
              }
              for (const address of ADDRESSES) {
                const range = parseCidr(`${address}/${address.includes(':') ? 128 : 32}`);
                if (range === undefined) continue;
                for (const direction of ['ingress', 'egress'] as const) {
                  const decision = decide(
                    site[direction],
                    direction,
                    site.point,
                    { type: 'address', address: range },
                    at,
                  );
                  expect(decision.allowed).toBe(
                    oracle.mayPass(direction, from, { address }, protocolName, number),
                  );
                }
              }
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('finds a way to the internet whenever there is one', () => {
    fc.assert(
      fc.property(cluster, (value) => {
        const pods = value.pods.map((item, index) => ({ ...item, name: `pod-${index}` }));
        const world = worldOfObjects(objectsOf(value, pods));
        const oracle = new BruteForce(value);
        const publicAddresses = ADDRESSES.filter((address) => !address.startsWith('10.'));
        for (const from of pods) {
          const site = siteNamed(world, `${from.namespace}/${from.name}`);
          const expected = publicAddresses.some((address) =>
            PORTS.some((number) =>
              ['TCP', 'UDP'].some((name) => oracle.mayPass('egress', from, { address }, name, number)),
            ),
          );
          expect(internetPassage(site, 'egress') !== undefined).toBe(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has a port of every range that rules tell apart', () => {
    fc.assert(
      fc.property(cluster, (value) => {
        const pods = value.pods.map((item, index) => ({ ...item, name: `pod-${index}` }));
        const world = worldOfObjects(objectsOf(value, pods));
        for (const { namespace, name } of pods) {
          const says = siteNamed(world, `${namespace}/${name}`).egress.map((say) => [say, 'egress'] as const);
          const known = new Set(distinctPorts(says).map(({ protocol: p, port: n }) => `${p} ${n}`));
          expect(known.has('TCP 1')).toBe(true);
          for (const [{ spec }] of says) {
            for (const { protocol: p, port: range } of spec.rules.egress.flatMap(
              ({ ports }) => ports ?? [],
            )) {
              if (typeof range === 'object') expect(known.has(`${p ?? 'TCP'} ${range.first}`)).toBe(true);
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
