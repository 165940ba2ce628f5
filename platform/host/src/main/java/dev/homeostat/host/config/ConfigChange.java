package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.plugin.PluginConfigs;
import dev.homeostat.host.view.SettingView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what was changed in the files of one plugin's configuration: live where the plugin does, else by a reload of it, else it waits for a restart. */
final class ConfigChange {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigChange.class);
    private static final String STAYS = "the changed configuration was rejected, and what was in force stays";

    private final PluginBinding binding;
    private final PluginBindings all;
    private final PluginConfigs.Caller caller;

    ConfigChange(PluginBinding binding, PluginBindings all, PluginConfigs.Caller caller) {
        this.binding = binding;
        this.all = all;
        this.caller = caller;
    }

    /** Looks what changed, and does it. */
    void apply() {
        Map<BoundRecord<?>, BoundRecord.State<?>> changed = new LinkedHashMap<>();
        try {
            binding.readAnew().forEach((record, state) -> {
                if (state.config().equals(record.inForce().config())) {
                    record.put(state); // its lines may be others
                } else {
                    changed.put(record, state);
                }
            });
        } catch (DocumentException e) {
            rejected(e.problems().stream().map(Problem::toString).toList());
            return;
        } catch (RuntimeException | Error e) { // the constructor of a plugin's record may throw anything
            LOG.atWarn()
                    .addKeyValue("plugin", binding.plugin())
                    .log("plugin \"{}\": its configuration cannot be made", binding.plugin(), e);
            rejected(List.of("the record cannot be made of it: " + e));
            return;
        }
        if (changed.isEmpty()) {
            binding.asItShouldBe();
            if (binding.goesOnThoughReloaded()) {
                PluginReloader reloader = all.reloader();
                if (reloader != null) {
                    reloader.settled(binding.plugin());
                }
            }
        } else if (changed.keySet().stream().allMatch(BoundRecord::isHeard)) {
            live(changed);
        } else {
            reload(changed);
        }
    }

    private void live(Map<BoundRecord<?>, BoundRecord.State<?>> changed) {
        for (Map.Entry<BoundRecord<?>, BoundRecord.State<?>> change : changed.entrySet()) {
            BoundRecord<?> record = change.getKey();
            String what = words(Map.of(record, change.getValue()));
            try {
                if (!caller.call(() -> record.change(change.getValue()), all.deadline())) {
                    reload(changed);
                    return;
                }
                record.put(change.getValue());
                LOG.atInfo()
                        .addKeyValue("plugin", binding.plugin())
                        .log("plugin \"{}\": took up its changed configuration: {}", binding.plugin(), what);
            } catch (TimeoutException e) {
                rejected(List.of("the plugin did not take it up within "
                        + all.deadline().toMillis() + " ms and was interrupted: " + what));
                return;
            } catch (ExecutionException e) {
                rejected(List.of("the plugin refused it: " + reason(e.getCause() == null ? e : e.getCause())));
                return;
            } catch (IllegalStateException e) {
                rejected(List.of(String.valueOf(e.getMessage())));
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        binding.asItShouldBe();
    }

    private void reload(Map<BoundRecord<?>, BoundRecord.State<?>> changed) {
        String what = words(changed);
        PluginReloader reloader = all.reloader();
        if (reloader == null) {
            LOG.atInfo()
                    .addKeyValue("plugin", binding.plugin())
                    .log(
                            "plugin \"{}\": its configuration was changed, which needs a restart: {}",
                            binding.plugin(),
                            what);
            binding.show(true, "restart the host to apply: " + what);
        } else {
            LOG.atInfo()
                    .addKeyValue("plugin", binding.plugin())
                    .log("plugin \"{}\": is reloaded, for its configuration was changed: {}", binding.plugin(), what);
            binding.isReloaded();
            reloader.reload(binding.plugin());
        }
    }

    private void rejected(List<String> problems) {
        binding.show(false, STAYS + "\n" + String.join("\n", problems));
        PluginReloader reloader = all.reloader();
        if (reloader != null) {
            reloader.rejected(binding.plugin());
        }
    }

    private static String reason(Throwable error) {
        if (error instanceof DocumentException document) {
            return document.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        }
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }

    /** What is other than before; of a secret only that it is. */
    private static String words(Map<BoundRecord<?>, BoundRecord.State<?>> changed) {
        List<String> words = new ArrayList<>();
        changed.forEach((record, state) -> {
            for (SettingView line :
                    new SettingLines("", record.fields()).of(record.inForce().lines(), state.lines())) {
                if (!line.pending().equals(line.value()) && !(line.pending() + line.pendingFrom()).isEmpty()) {
                    words.add(line.key() + " " + shown(line.value()) + " -> " + shown(line.pending()) + " ("
                            + line.pendingFrom() + ")");
                }
            }
        });
        return words.isEmpty() ? "a secret is another one" : String.join(", ", words);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "nothing" : value;
    }
}
