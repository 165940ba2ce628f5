package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What people and the world do, step by step, as the dice say. */
final class Script<T> {
    /** What happens between transactions makes for more transactions; so many a step end that. */
    private static final int INTERPOSED_A_STEP = 4;

    private final World<T> world;
    private final Dice dice;
    private final NothingTwice reasons;
    private int left;
    private int interposedLeft;
    private long version;
    private boolean atWork;

    Script(World<T> world, NothingTwice reasons) {
        this.world = world;
        this.dice = world.dice();
        this.reasons = reasons;
        this.left = world.scenario().steps();
        this.interposedLeft = INTERPOSED_A_STEP * left;
    }

    boolean isOver() {
        return left <= 0 || world.complaint() != null;
    }

    /** Runs as a task of its own. */
    void play() {
        world.interpose(this::interposed);
        while (!isOver()) {
            atWork = true;
            try {
                step();
            } finally {
                atWork = false;
            }
            left--;
            rest();
        }
    }

    private void rest() {
        Duration time = switch (dice.below(8)) {
            case 0, 1 -> Duration.ZERO;
            case 2, 3 -> dice.millis(0, 5);
            case 4, 5, 6 -> dice.millis(1, 150);
            default -> dice.millis(1, 3000);
        };
        try {
            world.clock().sleep(time.plusNanos(time.isZero() ? 0 : dice.between(1, 999_999)));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the script", e);
        }
    }

    private void step() {
        startSome();
        if (world.scenario().gradual() && dice.chance(0.1)) {
            world.fill();
        }
        int die = dice.below(100);
        if (die < 40) {
            put(dice.chance(0.1) ? dice.between(1, world.scenario().rows()) : 1);
        } else if (die < 58) {
            delete();
        } else if (die < 66) {
            world.makeBad(name(), dice.of(List.of(0.0, 0.3, 1.0)));
        } else {
            Life<T> life = world.life(dice.of(world.scenario().reconcilers()));
            if (life != null && life.isAlive()) {
                with(life, die);
            }
        }
    }

    private void with(Life<T> life, int die) {
        if (die < 74) {
            wantSomethingOfRows(life);
        } else if (die < 79) {
            changeOptions(life);
        } else if (die < 84) {
            world.waited(life);
        } else if (die < 88) {
            prune(life);
        } else if (die < 91 && world.scenario().stops()) {
            world.stop(life);
        } else if (die < 93 && world.scenario().commitFailures()) {
            world.failCommits(dice.between(1, 3));
        } else if (die < 95 && world.scenario().crashes()) {
            kill();
        } else if (world.scenario().drift()) {
            world.drift(life.name, dice.below(world.scenario().rows()));
        }
    }

    private void changeOptions(Life<T> life) {
        Mode before = life.options().mode();
        life.options(options("gives " + life + " other options: "));
        if (before != Mode.APPLY && life.options().mode() == Mode.APPLY) {
            reasons.planEnds(life);
        }
        if (before != Mode.PLAN && life.options().mode() == Mode.PLAN) {
            reasons.planBegins(life);
        }
    }

    /** Something that happens between two transactions of a reconciler. */
    private void interposed() {
        if (atWork || interposedLeft-- <= 0) {
            return;
        }
        world.trace().line("interposed", () -> "before a transaction of a reconciler:");
        int die = dice.below(20);
        if (die < 12) {
            put(1);
        } else if (die < 18) {
            delete();
        } else if (world.scenario().crashes() && dice.chance(0.3)) {
            kill();
        }
    }

    private void kill() {
        world.kill();
        if (dice.chance(0.7)) {
            world.refill();
        }
    }

    private void wantSomethingOfRows(Life<T> life) {
        int die = dice.below(3);
        if (die == 0 && world.scenario().rowPauses()) {
            pause(life);
        } else if (die == 1 && world.scenario().checks()) {
            world.refresh(life, dice.chance(0.3) ? null : someKey());
        } else {
            retry(life);
        }
    }

    /** Or resumes what is paused, sooner or later. */
    private void pause(Life<T> life) {
        Key key = someKey();
        Key paused = life.paused().stream().findFirst().orElse(null);
        if (paused != null && dice.chance(0.6)) {
            world.resume(life, paused);
        } else if (!life.paused().contains(key)) {
            world.pause(life, key);
        }
    }

    private Key someKey() {
        return world.key(dice.below(world.scenario().rows()));
    }

    private void retry(Life<T> life) {
        Key key = someKey();
        world.trace().line("user", () -> "wants " + world.text(key) + " retried by " + life);
        if (life.reconciler().retry(key)) {
            reasons.asked(life, key);
        }
    }

    private void prune(Life<T> life) {
        var held = life.reconciler().heldPrune().orElse(null);
        if (held != null && dice.chance(0.7)) {
            world.confirm(life, held.number());
        } else {
            world.trace().line("user", () -> "wants a prune by " + life);
            reasons.pruneAsked(life);
            life.reconciler().prune();
        }
    }

    /** Starts what does not run, sooner or later. */
    private void startSome() {
        for (String name : world.scenario().reconcilers()) {
            Life<T> life = world.life(name);
            if ((life == null || life.isOver()) && dice.chance(0.4)) {
                world.start(name, options(""));
            }
        }
    }

    private Options options(String why) {
        var options = world.scenario().options(dice);
        if (!why.isEmpty()) {
            world.trace().line("user", () -> why + options);
        }
        return options;
    }

    private void put(int rows) {
        Map<Integer, Long> some = new TreeMap<>();
        for (int i = 0; i < rows; i++) {
            some.put(dice.below(world.scenario().rows()), ++version);
        }
        world.put(some);
    }

    private void delete() {
        List<Integer> some = new ArrayList<>();
        boolean all = dice.chance(0.03);
        int one = dice.below(world.scenario().rows());
        for (int number = 0; number < world.scenario().rows(); number++) {
            if (all || number == one) {
                some.add(number);
            }
        }
        world.delete(some);
    }

    private String name() {
        return world.text(world.key(dice.below(world.scenario().rows())));
    }
}
