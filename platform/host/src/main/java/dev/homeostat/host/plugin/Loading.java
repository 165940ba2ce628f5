package dev.homeostat.host.plugin;

import dev.homeostat.host.handover.Carried;
import dev.homeostat.host.view.ContributionListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads plugins and has them contribute, and is the one place where they end. Used by the lifecycle thread only. */
final class Loading {
    private static final Logger LOG = LoggerFactory.getLogger(Loading.class);

    private final CodeLoader code;
    private final HostServices services;
    private final PluginSettings settings;
    private final List<ContributionListener> listeners;
    /** Dependencies first; staged ones and those that were stopped and not yet unloaded too. */
    private final List<PluginInstance> loaded = new ArrayList<>();

    Loading(CodeLoader code, HostServices services, PluginSettings settings, List<ContributionListener> listeners) {
        this.code = code;
        this.services = services;
        this.settings = settings;
        this.listeners = listeners;
    }

    /**
     * Loads a plugin and has it contribute; nothing of that is started.
     *
     * @param jar a private copy of it is made
     * @param beside whose tables it may use where it depends on them, and whose names are taken
     * @param laps told how long it takes
     * @throws PluginRefusedException if it fails; nothing of it is left then
     */
    PluginInstance stage(PluginDescriptor descriptor, Path jar, List<PluginInstance> beside, Laps laps)
            throws InterruptedException {
        PluginLoadEvent event = PluginLoadEvent.begun();
        Throwable failure = null;
        try {
            return stage(descriptor, jar, beside, laps, event);
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            event.ended(descriptor, jar, failure);
        }
    }

    private PluginInstance stage(
            PluginDescriptor descriptor, Path jar, List<PluginInstance> beside, Laps laps, PluginLoadEvent event)
            throws InterruptedException {
        List<PluginInstance> dependencies = descriptor.dependencies().stream()
                .flatMap(dependency -> beside.stream().filter(one -> one.id().equals(dependency.id())))
                .toList();
        PluginCode classes = code.load(
                descriptor, jar, dependencies.stream().map(PluginInstance::code).toList());
        laps.lap("load");
        event.classesLoaded(classes);
        PluginScope scope = new PluginScope(descriptor.id(), classes.loader(), services);
        PluginInstance instance = new PluginInstance(descriptor, classes, scope, dependencies);
        loaded.add(instance);
        try {
            contribute(instance, beside);
            laps.lap("contribute");
            return instance;
        } catch (PluginRefusedException e) {
            end(List.of(instance));
            throw e;
        } catch (RuntimeException | Error e) { // such as no memory for its thread
            end(List.of(instance));
            throw new PluginRefusedException(Reasons.of(e), e);
        }
    }

    private void contribute(PluginInstance instance, List<PluginInstance> beside) throws InterruptedException {
        PluginScope scope = instance.scope();
        List<Neighbours.Neighbour> neighbours = beside.stream()
                .map(other -> new Neighbours.Neighbour(other.id(), other.scope(), instance.needs(other)))
                .toList();
        OwnedContext context = new OwnedContext(
                instance.descriptor(),
                scope,
                services,
                new Events(instance.id(), listeners),
                new Neighbours(neighbours));
        Callback callback = Callback.start(
                instance.id() + ": contribute",
                scope.around(),
                () -> instance.code()
                        .pluginClass()
                        .getConstructor()
                        .newInstance()
                        .contribute(context));
        try {
            callback.await(Deadline.in(settings.contributeDeadline(), services.scheduler()));
        } catch (TimeoutException e) {
            throw new PluginRefusedException("contribute(…) did not end within "
                    + settings.contributeDeadline().toMillis() + " ms, and " + e.getMessage()
                    + ": it only declares; work belongs into a job");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof PluginRefusedException refused
                    ? refused
                    : new PluginRefusedException("its start failed: " + Reasons.of(cause), cause);
        }
        scope.leash().contributed();
    }

    /** Stops some, and gives up their classes. */
    void end(List<PluginInstance> dependentsFirst) throws InterruptedException {
        stop(dependentsFirst, Carried.nothing());
        unload(dependentsFirst);
    }

    /** Stops some. Their classes and private copies are still there. */
    void stop(List<PluginInstance> dependentsFirst, Carried carried) throws InterruptedException {
        stop(dependentsFirst, Deadline.in(settings.stopDeadline(), services.scheduler()), carried);
    }

    private static void stop(List<PluginInstance> dependentsFirst, Deadline deadline, Carried carried)
            throws InterruptedException {
        List<PluginScope> scopes =
                dependentsFirst.stream().map(PluginInstance::scope).toList();
        dependentsFirst.forEach(PluginInstance::stops);
        PluginScope.stop(scopes, deadline, carried).forEach(problem -> LOG.warn("{}", problem));
        dependentsFirst.forEach(instance -> instance.unloading().stopped());
    }

    /** Gives up the classes of some that were stopped. From here on nothing in the host knows them. */
    void unload(List<PluginInstance> dependentsFirst) {
        for (PluginInstance instance : dependentsFirst) {
            giveUp(instance);
            services.unloads()
                    .unloaded(
                            instance.id(),
                            instance.descriptor().version(),
                            instance.code().loader());
        }
    }

    private void giveUp(PluginInstance instance) {
        loaded.remove(instance);
        code.unload(instance.code());
        instance.unloading().ended(instance.descriptor());
    }

    /** Ends all that is loaded, also what a thread that was interrupted left half done. */
    void endAll(Deadline deadline) throws InterruptedException {
        List<PluginInstance> ending = List.copyOf(loaded).reversed();
        stop(ending, deadline, Carried.nothing());
        ending.forEach(this::giveUp); // and nobody waits until they are collected: the host ends
    }
}
