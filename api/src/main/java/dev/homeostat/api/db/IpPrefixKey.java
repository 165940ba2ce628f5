package dev.homeostat.api.db;

/** The address of an IP prefix, then its length in one byte. */
final class IpPrefixKey extends KeyType<IpPrefix> {
    private final AddressKey addresses = new AddressKey();

    @Override
    protected void write(IpPrefix value, KeyOutput out) {
        addresses.write(value.address(), out);
        out.writeByte(value.length());
    }

    @Override
    protected IpPrefix read(KeyInput in) {
        return new IpPrefix(addresses.read(in), in.readByte());
    }

    @Override
    public String format(IpPrefix value) {
        return addresses.format(value.address()) + "/" + value.length();
    }

    @Override
    public IpPrefix parse(String text) {
        return IpPrefix.parse(text);
    }
}
