/**
 * What generic sources want, written into tables: decoding, owners of rows, last good versions, initializers. {@link
 * dev.homeostat.host.source.SourceBoard} is the door.
 */
package dev.homeostat.host.source;
