using System.Net;
using System.Net.Sockets;

namespace Colophon.Security.Tests.Sandbox;

public sealed class NetworkConfinementTests
{
    private const string NoPython = "command -v python3 >/dev/null || { echo 'PermissionError: no python here'; exit 1; }\n";

    [Theory]
    [InlineData("socket.AF_INET, socket.SOCK_STREAM")]
    [InlineData("socket.AF_INET, socket.SOCK_DGRAM")]
    [InlineData("socket.AF_INET6, socket.SOCK_STREAM")]
    [InlineData("socket.AF_UNIX, socket.SOCK_STREAM")]
    [InlineData("socket.AF_NETLINK, socket.SOCK_RAW")]
    [InlineData("socket.AF_PACKET, socket.SOCK_RAW")]
    public async Task No_socket_can_be_made(string arguments)
    {
        using var confined = new Confined();
        var result = await confined.Shell($"{NoPython}python3 -c 'import socket; socket.socket({arguments})'");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("PermissionError", result.Output);
    }

    [Fact]
    public async Task A_listening_port_of_the_machine_cannot_be_reached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var confined = new Confined();
        var result = await confined.Shell($"exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndpoint).Port}");
        Assert.NotEqual(0, result.ExitCode);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_stream_pair_works_and_a_datagram_pair_does_not()
    {
        using var confined = new Confined();
        var stream = await confined.Shell(NoPython + "python3 -c 'import socket; a, b = socket.socketpair(); a.send(b\"hi\"); print(b.recv(2))'");
        Assert.True(stream.Output is "b'hi'\n" or "PermissionError: no python here\n", stream.Output);
        var datagram = await confined.Shell(NoPython + "python3 -c 'import socket; socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)'");
        Assert.Contains("PermissionError", datagram.Output);
    }

    [Fact]
    public async Task With_the_network_allowed_TCP_works_and_unix_sockets_stay_closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var confined = new Confined();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var result = await confined.Shell($"exec 3<>/dev/tcp/127.0.0.1/{port} && echo connected", policy: p => p with { AllowNetwork = true });
        Assert.Equal("connected\n", result.Output);
        Assert.True(listener.Pending());
        var local = await confined.Shell(NoPython + "python3 -c 'import socket; socket.socket(socket.AF_UNIX)'", policy: p => p with { AllowNetwork = true });
        Assert.Contains("PermissionError", local.Output);
    }
}
