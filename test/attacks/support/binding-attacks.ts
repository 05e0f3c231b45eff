import type { BindingMode } from '../../../src/server.js';
import { createBrowser, type ModelBrowser, type ModelWorld } from './model-world.js';

/** A way to get an account that somebody else has finished. */
export interface BindingAttack {
  readonly name: string;
  /** The bindings that must withstand it. */
  readonly bindings: readonly BindingMode[];
  /** Whether an instance that restarts loses what it noted. */
  readonly losesNotes?: boolean;
  /** Returns the account that the attacker, Ada, tries to get. The victim is Grace. */
  run(stage: Stage): Promise<string>;
}

/** What an attack plays with. */
export interface Stage {
  readonly world: ModelWorld;
  readonly ada: ModelBrowser;
  readonly grace: ModelBrowser;
  /** Moves the clock forward. */
  wait(milliseconds: number): void;
}

const BOTH = ['state', 'verifier'] as const;
const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;

/** Ada begins, and Grace finishes. Returns the account and the address that Grace is sent to. */
async function lure({ world, ada }: Stage, person = 'grace'): Promise<{ id: string; address: string }> {
  const id = (await world.link(ada)) ?? '';
  return { id, address: world.upstream.finish(id, person) ?? '' };
}

/** The victim returns, in whatever state her browser is. */
function victimReturns(name: string, victim: ModelBrowser, bindings: readonly BindingMode[] = BOTH): BindingAttack {
  return {
    name: `the victim returns ${name}`,
    bindings,
    async run(stage) {
      const { id, address } = await lure(stage);
      await stage.world.comeBack(victim, address);
      await stage.world.comeBack(stage.ada, address);
      return id;
    },
  };
}

/** After the victim returned, the owner tries something. */
function afterwards(
  name: string,
  act: (stage: Stage, link: { id: string; address: string }) => unknown,
): BindingAttack {
  return {
    name: `after the victim returned, the owner ${name}`,
    bindings: BOTH,
    async run(stage) {
      stage.world.upstream.failingDeletions = 1;
      const link = await lure(stage);
      await stage.world.comeBack(stage.grace, link.address);
      const { revivals } = stage.world;
      await act(stage, link);
      if (stage.world.revivals > revivals) throw new Error(`The rejection of ${link.id} was overwritten for a moment.`);
      return link.id;
    },
  };
}

export const BINDING_ATTACKS: readonly BindingAttack[] = [
  victimReturns('signed in', createBrowser('grace')),
  victimReturns('signed out', createBrowser('grace', null), ['state']),
  {
    name: "the victim finishes in the owner's browser, in which she is signed in",
    bindings: BOTH,
    async run(stage) {
      const { id, address } = await lure(stage);
      await stage.world.comeBack({ ...stage.ada, session: 'grace' }, address);
      return id;
    },
  },
  {
    name: 'the victim closes the window half-way, and the owner presses everything',
    bindings: BOTH,
    run: async (stage) => (await lure(stage)).id,
  },
  {
    name: 'the victim closes the window half-way, and the owner waits for years',
    bindings: BOTH,
    async run(stage) {
      const { id } = await lure(stage);
      for (const years of [0.1, 1, 5]) {
        stage.wait(years * YEAR_MS);
        await stage.world.canUse(stage.ada, id);
      }
      return id;
    },
  },
  {
    name: 'the owner is first at POST callback, by the page of the used link',
    bindings: ['state'],
    async run(stage) {
      const { id, address } = await lure(stage);
      for (let poll = 0; poll < 10; poll += 1)
        await stage.world.comeBack(stage.ada, stage.world.upstream.usedPage(id) ?? address);
      await stage.world.comeBack(stage.grace, address);
      return id;
    },
  },
  {
    name: 'the owner and the victim are at POST callback in the same moment',
    bindings: ['state'],
    async run(stage) {
      const { id, address } = await lure(stage);
      const posts = [stage.ada, stage.grace, stage.ada, stage.ada];
      await Promise.all(posts.map((browser, index) => stage.world.comeBack(browser, address, index % 2)));
      return id;
    },
  },
  {
    name: 'the owner proves the link every 50 s before the victim finishes it',
    bindings: ['state'],
    async run(stage) {
      const { world, ada, grace } = stage;
      const id = (await world.link(ada)) ?? '';
      const callback = world.upstream.accounts.get(id)?.callbackUrl ?? '';
      for (let poll = 0; poll < 3; poll += 1) {
        await world.comeBack(ada, callback);
        stage.wait(50_000);
      }
      const address = world.upstream.finish(id, 'grace') ?? '';
      await world.comeBack(grace, address);
      return id;
    },
  },
  {
    name: 'the owner proves the link two minutes before the victim finishes it and closes the window',
    bindings: ['state'],
    async run(stage) {
      const { world, ada } = stage;
      const id = (await world.link(ada)) ?? '';
      await world.comeBack(ada, world.upstream.accounts.get(id)?.callbackUrl ?? '');
      stage.wait(2 * MINUTE_MS);
      world.upstream.finish(id, 'grace');
      return id;
    },
  },
  {
    name: 'the owner denies the attempt and proves it, and the account becomes ACTIVE all the same',
    bindings: ['state'],
    async run({ world, ada }) {
      const id = (await world.link(ada)) ?? '';
      await world.comeBack(ada, world.upstream.deny(id) ?? '');
      world.upstream.revive(id, 'grace');
      return id;
    },
  },
  {
    name: 'the owner denies a first attempt and proves its state for the second one',
    bindings: ['state'],
    async run(stage) {
      const { world, ada } = stage;
      const denied = (await world.link(ada)) ?? '';
      const address = world.upstream.deny(denied) ?? '';
      const link = await lure(stage);
      await world.comeBack(ada, address);
      await world.comeBack(ada, address.replace(denied, link.id));
      return link.id;
    },
  },
  {
    name: 'the notes are lost before the victim returns',
    bindings: ['state'],
    losesNotes: true,
    async run(stage) {
      const { id, address } = await lure(stage);
      stage.world.restart();
      await stage.world.comeBack(stage.grace, address);
      return id;
    },
  },
  {
    name: 'the notes are lost, and the owner is first',
    bindings: ['state'],
    losesNotes: true,
    async run(stage) {
      const { id, address } = await lure(stage);
      stage.world.restart();
      await stage.world.comeBack(stage.ada, address);
      await stage.world.comeBack(stage.grace, address);
      return id;
    },
  },
  {
    name: 'the notes are lost, and the owner proves an older state for the next link',
    bindings: ['state'],
    async run(stage) {
      const { world, ada } = stage;
      const older = (await world.link(ada)) ?? '';
      const address = world.upstream.deny(older) ?? '';
      world.loseNotes();
      const link = await lure(stage);
      await world.comeBack(ada, address.replace(older, link.id));
      return link.id;
    },
  },
  afterwards('enables it', ({ world, ada }, { id }) => world.canUse(ada, id)),
  afterwards('refreshes it and denies', async ({ world, ada }, { id }) => {
    const { json } = await world.send(ada, 'POST', `/connected-accounts/${id}/refresh`, {});
    if (json.id) await world.comeBack(ada, world.upstream.deny(json.id) ?? 'https://app.example.com/');
  }),
  afterwards('connects again and finishes that', async (stage) => {
    const { address } = await lure(stage, 'ada');
    await stage.world.comeBack(stage.ada, address);
  }),
  afterwards('waits until the instance restarts', ({ world }) => world.restart()),
  afterwards('waits for years', ({ wait }) => wait(9 * YEAR_MS)),
  afterwards('proves the link again and again', async ({ world, ada, wait }, { address }) => {
    for (let poll = 0; poll < 20; poll += 1) {
      wait(MINUTE_MS);
      await world.comeBack(ada, address);
    }
  }),
];
