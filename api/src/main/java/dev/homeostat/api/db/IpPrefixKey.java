package dev.homeostat.api.db;

import dev.homeostat.api.db.internal.BitKeys;

/** The number of bytes of the address, so that no prefix of version 4 contains one of version 6; the address; the byte that {@link BitKeys} wants. */
final class IpPrefixKey extends PrefixKey<IpPrefix> {
    private final AddressKey addresses = new AddressKey();

    @Override
    byte[] toBytes(IpPrefix value) {
        byte[] address = value.address().getAddress();
        byte[] key = new byte[address.length + 2];
        key[0] = (byte) address.length;
        System.arraycopy(address, 0, key, 1, address.length);
        key[address.length + 1] = BitKeys.lastByte(address.length * Byte.SIZE - value.length());
        return key;
    }

    @Override
    protected IpPrefix read(KeyInput in) {
        var address = addresses.read(in);
        return new IpPrefix(address, address.getAddress().length * Byte.SIZE - BitKeys.unused(in.readByte()));
    }

    @Override
    public boolean contains(IpPrefix outer, IpPrefix inner) {
        return outer.contains(inner);
    }

    @Override
    public String format(IpPrefix value) {
        return value.toString();
    }

    @Override
    public String kind() {
        return "IP prefixes, such as 10.0.0.0/8";
    }

    @Override
    public IpPrefix parse(String text) {
        return IpPrefix.parse(text);
    }
}
