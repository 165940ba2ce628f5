package dev.homeostat.host;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.host.audit.AuditLog;
import dev.homeostat.host.config.ConfigFiles;
import dev.homeostat.host.config.ConfigLoader;
import dev.homeostat.host.config.ConfigReload;
import dev.homeostat.host.config.ConfigurationHealth;
import dev.homeostat.host.config.HostConfig;
import dev.homeostat.host.config.JvmOptions;
import dev.homeostat.host.config.PluginBindings;
import dev.homeostat.host.config.PluginReloader;
import dev.homeostat.host.config.RunningConfiguration;
import dev.homeostat.host.deploy.JarFolders;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.handover.RejectedRows;
import dev.homeostat.host.http.HttpEndpoint;
import dev.homeostat.host.jmx.HostBeans;
import dev.homeostat.host.jmx.PluginBeans;
import dev.homeostat.host.leak.JvmCollector;
import dev.homeostat.host.leak.Pins;
import dev.homeostat.host.leak.UnloadWatch;
import dev.homeostat.host.metrics.HostMetrics;
import dev.homeostat.host.notice.FailedRows;
import dev.homeostat.host.notice.Notices;
import dev.homeostat.host.pf4j.BootPlatform;
import dev.homeostat.host.pf4j.Pf4jCodeLoader;
import dev.homeostat.host.plugin.CodeLoader;
import dev.homeostat.host.plugin.HealthBoard;
import dev.homeostat.host.plugin.HostServices;
import dev.homeostat.host.plugin.PluginSettings;
import dev.homeostat.host.plugin.Plugins;
import dev.homeostat.host.plugin.TableLookups;
import dev.homeostat.host.remote.JvmAgent;
import dev.homeostat.host.remote.RemoteSettings;
import dev.homeostat.host.source.SourceBoard;
import dev.homeostat.host.steering.KeptFile;
import dev.homeostat.host.steering.PruneNumbers;
import dev.homeostat.host.steering.ReconcilerSteering;
import dev.homeostat.host.threads.JvmCarriers;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.verify.AllowList;
import dev.homeostat.host.verify.JarGate;
import dev.homeostat.host.view.HostView;
import dev.homeostat.launcher.Launch;
import dev.homeostat.reconciler.ReconcilerRegistry;
import dev.homeostat.statedb.StateDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.MBeanServer;

/**
 * What a host is made of, and the one place where it is put together. By hand: it is less than a screen, and an injector would take a tenth of the time that a
 * start has. Plugins do get one, see {@link dev.homeostat.api.plugin.PluginContext#inject}.
 *
 * @param closing closes all of it, in reverse order
 */
record HostParts(
        Launch launch,
        String version,
        ReconcilerSteering steering,
        ConfigurationHealth configuration,
        RunningConfiguration settings,
        HomeCheck checker,
        ConfigReload reload,
        ClosableScheduler scheduler,
        Database database,
        MBeanServer beans,
        HostConfig.Http http,
        HostMetrics metrics,
        Notices notices,
        Optional<RemoteSettings> remoteJmx,
        SourceBoard sources,
        HealthBoard health,
        AuditLog audit,
        RejectedRows rejected,
        JarFolders folders,
        UnloadWatch unloads,
        Plugins plugins,
        Lifecycle lifecycle,
        Closing closing) {

    /**
     * Takes the home, reads the configuration, and makes everything; no plugin is loaded.
     *
     * @throws StartException if the home cannot be had
     * @throws dev.homeostat.api.tree.DocumentException if the configuration is not as it should be
     */
    static HostParts assemble(Launch launch, BootPlatform platform, Environment environment, Closing closing)
            throws StartException {
        Path home = launch.home();
        HomeDirectories.prepare(home);
        closing.add(HomeLock.take(home));
        DocumentReader documents = new YamlReader();
        ConfigFiles files =
                new ConfigFiles(home, launch.flags(), environment.properties(), environment.variables(), documents);
        ConfigLoader.Loaded loaded = files.load();
        HostConfig config = loaded.config();
        String version = HostVersion.read();
        ClosableScheduler scheduler = closing.add(Schedulers.named("homeostat"));
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        HostMetrics metrics = closing.add(HostMetrics.open(beans, scheduler));
        Notices notices = new Notices(scheduler, HostBeans.host());
        Database database = StateDatabase.builder()
                .scheduler(scheduler)
                .metrics(metrics.database())
                .build();
        SourceBoard sources =
                new SourceBoard(database, scheduler, home.resolve("data"), config.sources(), config.sourcesIgnored());
        HealthBoard health = new HealthBoard(scheduler);
        closing.add(JvmCarriers.watch(new WaitingThreads(health)));
        warnOfJvmAgent(environment.properties(), health);
        UnwrittenLog.tell(environment.properties(), health);
        ReconcilerSteering steering =
                new ReconcilerSteering(loaded.overrides(), new KeptFile(home), documents, scheduler);
        PluginBindings bindings =
                new PluginBindings(files, scheduler, health, config.plugins().contributeDeadline());
        ConfigurationHealth configuration =
                new ConfigurationHealth(health, loaded.overrides(), files.unused(loaded, bindings));
        RejectedRows rejected = new RejectedRows(home);
        sources.listen(rejected::forgetSettled);
        UnloadWatch unloads =
                new UnloadWatch(scheduler, Pins.in(metrics.registry(), beans, notices), new JvmCollector(beans));
        HostServices services = new HostServices(
                home,
                database,
                scheduler,
                new RuntimeReconcilers(
                        database,
                        HeardByAll.of(metrics.reconcilers(), new FailedRows(notices, HostBeans::reconciler, scheduler)),
                        new ReconcilerRegistry(database, new PruneNumbers(home, scheduler), rejected::holdsPrunes)),
                steering,
                new BoardFeeds(sources),
                metrics.plugins(),
                health,
                documents,
                rejected,
                bindings,
                new PluginBeans(beans),
                unloads,
                config.plugins().startDeadline(),
                new TableLookups());
        Plugins plugins = new Plugins(
                closing.add(codeLoader(platform, version, home, config)), services, settings(config, launch));
        plugins.listen(metrics);
        plugins.listen(bindings);
        plugins.listen(configuration);
        Lifecycle lifecycle = closing.add(new Lifecycle());
        unloads.listen(plugin -> lifecycle.later("showing a leak", () -> plugins.leaksChanged(plugin)));
        bindings.reloading(new PluginReloader() {
            @Override
            public void reload(String id) {
                lifecycle.later("reconfiguring plugin \"" + id + "\"", () -> plugins.reconfigure(id));
            }

            @Override
            public void settled(String id) {
                lifecycle.later("showing plugin \"" + id + "\"", () -> plugins.configured(id));
            }

            @Override
            public void rejected(String id) {
                lifecycle.later(
                        "trying again what was refused of plugin \"" + id + "\"", () -> plugins.retryRefused(id));
            }
        });
        return new HostParts(
                launch,
                version,
                steering,
                configuration,
                new RunningConfiguration(
                        files, loaded, new JvmOptions(home, launch.install()), steering, bindings, configuration),
                new HomeCheck(launch, platform, files::load),
                new ConfigReload(files::load, loaded, steering::configure, configuration),
                scheduler,
                database,
                beans,
                config.http(),
                metrics,
                notices,
                loaded.remoteJmx(),
                sources,
                health,
                new AuditLog(home, health),
                rejected,
                closing.add(folders(launch, config, scheduler)),
                unloads,
                plugins,
                lifecycle,
                closing);
    }

    /** It is no configuration of the host, and the host does not start any worse: but whoever looks at the host is to know. */
    private static void warnOfJvmAgent(Map<String, String> properties, HealthBoard health) {
        String warning = JvmAgent.warning(properties);
        if (!warning.isEmpty()) {
            health.set("", "JMX agent of the JVM", JvmAgent.isProtected(properties), warning);
        }
    }

    /** Lets others measure that host, which is made of these, and read its metrics where that is configured. */
    void measure(HostView host) {
        metrics.show(host);
        if (http.isOn()) {
            closing.add(HttpEndpoint.open(http, host, metrics, health));
        }
    }

    private static CodeLoader codeLoader(BootPlatform platform, String version, Path home, HostConfig config)
            throws StartException {
        try {
            return new Pf4jCodeLoader(
                    platform,
                    version,
                    new JarGate(AllowList.of(home, config.plugins().allow())),
                    home.resolve("data/code"));
        } catch (IOException e) {
            throw new StartException("the directory data/code of the home cannot be used: " + DiskReason.of(e), e);
        }
    }

    private static PluginSettings settings(HostConfig config, Launch launch) {
        return new PluginSettings(
                Set.copyOf(config.plugins().disabled()),
                Boolean.parseBoolean(launch.flags().get("safe-mode")),
                config.plugins().contributeDeadline(),
                config.plugins().stopDeadline());
    }

    private static JarFolders folders(Launch launch, HostConfig config, Scheduler scheduler) {
        return new JarFolders(scheduler, directories(launch, config), List.of(launch.home(), launch.install()));
    }

    /** Where plugin jars lie. */
    static List<Path> directories(Launch launch, HostConfig config) {
        List<Path> directories = new ArrayList<>();
        directories.add(launch.install().resolve("plugins"));
        config.plugins()
                .directories()
                .forEach(name -> directories.add(launch.home().resolve(name)));
        return directories;
    }
}
