package dev.homeostat.statedb.flow;

import dev.homeostat.api.db.Change;
import dev.homeostat.statedb.testing.Memo;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/**
 * Promise A25: the official tests of Reactive Streams, on a publisher that follows a table. It never completes, and so the tests that need an end are skipped here; {@link
 * FinitePublisherTckTest} runs them.
 */
public final class FollowingPublisherTckTest extends FlowPublisherVerification<Change<Memo>> {
    public FollowingPublisherTckTest() {
        super(TckTables.environment());
    }

    @Override
    public Flow.Publisher<Change<Memo>> createFlowPublisher(long elements) {
        return TckTables.withRows(Math.min(elements, TckTables.MOST_ROWS));
    }

    @Override
    public Flow.Publisher<Change<Memo>> createFailedFlowPublisher() {
        return TckTables.removed();
    }

    @Override
    public long maxElementsFromPublisher() {
        return publisherUnableToSignalOnComplete();
    }
}
