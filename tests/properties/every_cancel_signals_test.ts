/**
 * Event, Condition and Barrier: no notification is lost, a barrier has one last, and nobody waits for ever.
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { asyncWith, Barrier, Condition, createTask, Event } from "../../mod.ts";
import { holds, pause, pauses } from "./every_cancel.ts";

const several = fc.array(pauses, { minLength: 1, maxLength: 3 });

holds(
  "Event lets everybody go on who waits for it, whoever is cancelled and when",
  fc.record({ waiters: several, before: pauses }),
  (style, { waiters, before }) => {
    const { define, on } = style;
    const event = new Event();
    let wentOn = 0;
    const wait = waiters.map((before) =>
      define(function* () {
        yield* pause(style, before);
        yield* on(event.wait());
        assert(event.isSet());
        wentOn++;
      })
    );
    const setter = waiters.length;
    return {
      users: [...wait, define(() => pause(style, before))],
      ended(user) {
        if (user === setter) event.set();
      },
      check(cancelled) {
        assertEquals(wentOn, waiters.filter((_, user) => !cancelled(user)).length);
        assertEquals(event.statistics().tasksWaiting, 0);
      },
    };
  },
);

holds(
  "Condition loses no notification, whoever is cancelled and when",
  fc.record({ consumers: several, producers: several }),
  (style, { consumers, producers }) => {
    const { define, on } = style;
    const changed = new Condition();
    let items = 0;
    let taken = 0;
    let put = 0;
    let producing = producers.length;
    let over = false;
    let forgotten = 0;
    const consume = consumers.map((before) =>
      define(function* () {
        yield* pause(style, before);
        yield* on(asyncWith(
          changed,
          define(function* () {
            yield* on(changed.waitFor(() => items > 0 || over));
            if (items === 0) return;
            items--;
            taken++;
          }),
        ));
      })
    );
    const end = define(function* () {
      yield* pause(style, 20); // time enough for all who were notified
      forgotten = Math.min(items, changed.statistics().tasksWaiting);
      over = true;
      yield* on(asyncWith(changed, () => changed.notifyAll()));
    });
    const produce = producers.map((before) =>
      define(function* () {
        yield* pause(style, before);
        yield* on(asyncWith(changed, () => {
          items++;
          put++;
          changed.notify(); // one: enough, when none is lost
        }));
      })
    );
    return {
      users: [...consume, ...produce],
      ended(user) {
        if (user < consumers.length || --producing > 0) return;
        createTask(end);
      },
      check(cancelled) {
        const ready = consumers.filter((_, user) => !cancelled(user)).length;
        assertEquals([taken + items, forgotten], [put, 0]);
        assert(taken >= Math.min(ready, put), `${taken} of ${put} taken by ${ready}`);
        assertEquals([changed.locked(), changed.statistics().tasksWaiting], [false, 0]);
      },
    };
  },
);

holds(
  "Barrier lets all go on, one of them as the last, whoever is cancelled and when",
  several,
  (style, parties) => {
    const { define, on } = style;
    const barrier = new Barrier(parties.length);
    const numbers: number[] = [];
    const wait = define(function* (before: number) {
      yield* pause(style, before);
      numbers.push(yield* on(barrier.wait()));
    });
    const wentOn = new Set<number>();
    return {
      users: parties.map((before, user) =>
        define(function* () {
          yield* on(wait(before));
          wentOn.add(user);
        })
      ),
      ended(user) {
        // Another comes in its place; too late, when the barrier has let everybody go already.
        if (!wentOn.has(user)) createTask(() => wait(0));
      },
      check(cancelled) {
        assert(numbers.every((number) => number < parties.length));
        const last = numbers.filter((number) => number === parties.length - 1);
        assert(last.length === 1 || parties.some((_, user) => cancelled(user)));
        assert(last.length <= 1);
        assertEquals(
          [...wentOn].toSorted(),
          parties.map((_, user) => user).filter((user) => !cancelled(user)),
        );
      },
    };
  },
);
