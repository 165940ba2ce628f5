package dev.homeostat.host.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.control.LogLines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CarrierWatchTest {
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Machine machine = new Machine();
    private final CarrierWatch watch = new CarrierWatch(machine, waiting::add, new WaitListener() {
        @Override
        public void waited(String message) {
            told.add(message);
        }

        @Override
        public void calm() {
            told.add("calm");
        }
    });

    /** Two processors. */
    private static final class Machine implements Carriers {
        private final List<ThreadDump.Line> running = new ArrayList<>();
        private int most = 2;
        private int busy;
        private int woken;

        @Override
        public int most() {
            return most;
        }

        @Override
        public void most(int carriers) {
            most = carriers;
        }

        @Override
        public void wake() {
            woken++;
        }

        @Override
        public int busy() {
            return busy;
        }

        @Override
        public List<ThreadDump.Line> running() {
            return running;
        }

        void spin(String name, String... frames) {
            running.add(new ThreadDump.Line(name, true, true, List.of(frames)));
            busy++;
        }
    }

    private void look(int times, boolean virtualThreadsRun) {
        for (int i = 0; i < times; i++) {
            if (virtualThreadsRun) {
                waiting.forEach(Runnable::run);
                waiting.clear();
            }
            watch.look();
        }
    }

    @Test
    void whereVirtualThreadsRun_nothingChanges() {
        look(1000, true);
        assertThat(machine.most).isEqualTo(2);
        assertThat(told).isEmpty();
    }

    @Test
    void log_saysHowManyThereAre_alsoWhereThatIsTheMost() {
        machine.most = 200;
        try (LogLines log = LogLines.of(CarrierWatch.class.getName())) {
            look(CarrierWatch.PATIENCE + 1, false);
            assertThat(machine.most).isEqualTo(CarrierWatch.MOST);
            assertThat(log.written())
                    .containsExactly("virtual threads had to wait: 256 of them can run at a time now, before 200");
        }
    }

    @Test
    void oneLateLook_isAPauseOfTheJvm() {
        look(3, true);
        look(1, false);
        look(1, true);
        look(1, false);
        assertThat(machine.most).isEqualTo(2);
        assertThat(told).isEmpty();
    }

    @Test
    void whereTheyWait_thereAreTwiceAsManyUntilTheyRun() {
        machine.spin(
                "memos: job \"a\"", "memos-1.0.0-1/memos/memos.A.run(A.java:7)", "java.base/java.lang.X.y(X.java:1)");
        machine.spin("memos: job \"b\"", "java.base/java.lang.X.y(X.java:1)", "memos-1.0.0-1//memos.B.run(B.java:9)");
        look(1 + CarrierWatch.PATIENCE, false);
        assertThat(machine.most).isEqualTo(4);
        assertThat(machine.woken).isEqualTo(1);
        look(CarrierWatch.PATIENCE, false);
        assertThat(machine.most).isEqualTo(8);
        assertThat(machine.woken).as("at each look, while they wait").isEqualTo(1 + CarrierWatch.PATIENCE);
        look(1, true);
        assertThat(machine.most).isEqualTo(8);
        assertThat(told)
                .containsExactly(
                        "2 virtual threads run without a pause, and others had to wait for half a second: \"memos: job"
                                + " \"a\"\" in memos.A.run(A.java:7), \"memos: job \"b\"\" in memos.B.run(B.java:9)");
    }

    @Test
    void whereTheyWaitForever_thereIsAnEnd() {
        look(1000, false);
        assertThat(machine.most).isEqualTo(CarrierWatch.MOST);
    }

    @Test
    void whenNothingWaits_carriersGo_butNotThoseInUse() {
        machine.spin("a");
        machine.spin("b");
        machine.spin("c");
        look(1 + 3 * CarrierWatch.PATIENCE, false);
        assertThat(machine.most).isEqualTo(16);
        look(CarrierWatch.CALM, true);
        assertThat(machine.most).isEqualTo(6);
        machine.busy = 0;
        look(CarrierWatch.CALM, true);
        assertThat(machine.most).isEqualTo(2);
        assertThat(told)
                .hasSize(2)
                .endsWith("calm")
                .first()
                .asString()
                .contains("none of them is in the code of a plugin");
    }

    @Test
    void atTheEnd_itIsAsItWas() {
        look(1 + CarrierWatch.PATIENCE, false);
        watch.end();
        assertThat(machine.most).isEqualTo(2);
    }
}
