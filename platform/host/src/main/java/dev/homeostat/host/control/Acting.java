package dev.homeostat.host.control;

import dev.homeostat.host.control.Act.Outcome;
import dev.homeostat.host.control.ControlException.Code;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Does what changes something, and has it written down. */
record Acting(InstantSource clock, Audit audit) {
    private static final String DID = "did";
    private static final String OK = "ok";

    /** One call whose parameters are known. */
    @FunctionalInterface
    interface Call {
        ObjectNode answer() throws ControlException, IOException, InterruptedException;
    }

    /** An answer that also says what changed, each in a line for people: the command prints it, and the audit log keeps it. */
    static ObjectNode did(ObjectNode answer, String... lines) {
        return did(answer, List.of(lines));
    }

    static ObjectNode did(ObjectNode answer, List<String> lines) {
        answer.set(DID, ViewJson.texts(lines));
        return answer;
    }

    /** The same of what may have been tried in vain: {@code ok} in the answer, and the outcome that is written down, say so. */
    static ObjectNode tried(ObjectNode answer, boolean ok, List<String> lines) {
        return did(answer.put(OK, ok), lines);
    }

    ObjectNode run(Caller caller, Method method, ObjectNode params, Call call)
            throws ControlException, IOException, InterruptedException {
        Instant time = clock.instant();
        long begin = System.nanoTime();
        Outcome outcome = Outcome.FAILED;
        String message = "";
        try {
            ObjectNode answer = call.answer();
            outcome = answer.path(OK).asBoolean(true) ? Outcome.DONE : Outcome.FAILED;
            message = said(answer);
            return answer;
        } catch (ControlException e) {
            outcome = outcome(e);
            message = e.code().wireName() + ": "
                    + (quotes(e, method) ? "what is wrong with it is not kept" : e.getMessage());
            throw e;
        } catch (InterruptedException e) {
            outcome = Outcome.UNFINISHED;
            message = "the host ended the connection";
            throw e;
        } catch (IOException e) {
            outcome = Outcome.UNFINISHED;
            message = "the client went: " + e.getMessage();
            throw e;
        } catch (RuntimeException | Error e) {
            message = method.hidden().isEmpty() ? e.toString() : e.getClass().getName();
            throw e;
        } finally {
            audit.acted(new Act(
                    time,
                    caller,
                    method.name(),
                    Redacted.of(params, method.hidden()),
                    outcome,
                    message,
                    Duration.ofNanos(System.nanoTime() - begin)));
        }
    }

    /** What is wrong with a document, or with what was given in its place, is told with pieces of it, and these may be secrets. */
    private static boolean quotes(ControlException e, Method method) {
        return !method.hidden().isEmpty() && (e.code() == Code.BAD_ROW || e.code() == Code.BAD_PARAMS);
    }

    private static Outcome outcome(ControlException e) {
        return switch (e.code()) {
            case TIMEOUT -> Outcome.UNFINISHED;
            case FAILED, EXPIRED -> Outcome.FAILED;
            default -> Outcome.REFUSED;
        };
    }

    private static String said(ObjectNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : answer.path(DID)) {
            lines.add(line.stringValue(""));
        }
        return String.join("; ", lines);
    }
}
