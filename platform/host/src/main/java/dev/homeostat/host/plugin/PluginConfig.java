package dev.homeostat.host.plugin;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A plugin's configuration file, bound to a record of the plugin. Its module has opened its packages to the host when it was loaded. */
final class PluginConfig {
    private final Path home;
    private final String file;
    private final DocumentReader documents;

    PluginConfig(String plugin, Path home, DocumentReader documents) {
        this.home = home;
        this.file = "conf/plugins/" + plugin + ".yaml";
        this.documents = documents;
    }

    <C extends Record> C bind(Class<C> type) {
        PluginConfig.class.getModule().addReads(type.getModule());
        return RecordCodec.of(MethodHandles.lookup(), type).decode(document());
    }

    private Tree document() {
        Tree nothing = new Tree.Mapping(Map.of(), new Place(file, 0));
        try {
            List<Tree> all = documents.read(file, Files.readString(home.resolve(file)));
            if (all.size() > 1) {
                throw new DocumentException(all.get(1).place(), "a second document: one file has one configuration");
            }
            boolean empty = all.isEmpty() || (all.getFirst() instanceof Tree.Scalar scalar && scalar.value() == null);
            return empty ? nothing : all.getFirst();
        } catch (NoSuchFileException e) {
            return nothing;
        } catch (IOException e) {
            throw new DocumentException(new Place(file, 0), "cannot be read: " + e);
        }
    }
}
