package dev.homeostat.api.db;

import java.net.InetAddress;

/** The number of bytes of an IP address, then these. */
final class AddressKey extends KeyType<InetAddress> {
    @Override
    protected void write(InetAddress value, KeyOutput out) {
        byte[] bytes = value.getAddress();
        out.writeByte(bytes.length);
        out.writeBytes(bytes);
    }

    @Override
    protected InetAddress read(KeyInput in) {
        byte[] bytes = new byte[in.readByte()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) in.readByte();
        }
        return IpPrefix.of(bytes);
    }

    @Override
    public String format(InetAddress value) {
        return IpPrefix.of(value.getAddress()).getHostAddress();
    }

    @Override
    public String kind() {
        return "IP addresses";
    }

    @Override
    public InetAddress parse(String text) {
        return InetAddress.ofLiteral(text);
    }
}
