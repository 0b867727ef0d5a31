using System.Net.Sockets;
using Colophon.Security.Errors;
using Colophon.Security.Secrets.Keyrings.Service;

namespace Colophon.Security.Tests.Secrets;

/// <summary>The key ring of the desktop against a peer that speaks D-Bus in another hand and the other byte order.</summary>
public sealed class SecretServiceKeyringTests
{
    private const string Folder = "/home/ada/.config/colophon";
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(40);

    [Fact]
    public void A_passphrase_is_kept_encrypted_on_the_bus_given_and_forgotten()
    {
        using var service = new FakeSecretService(FakeManner.Open);
        var ring = Ring(service);
        Assert.Null(ring.Find(Folder));
        ring.Keep(Folder, "correct hörse battery", null);
        Assert.Equal("correct hörse battery", Assert.Single(service.Kept).Value);
        Assert.Contains("application=colophon", service.Kept.Keys.Single(), StringComparison.Ordinal);
        Assert.Equal("correct hörse battery", ring.Find(Folder));
        Assert.DoesNotContain("battery", service.OnTheWire, StringComparison.Ordinal);
        Assert.True(ring.Forget(Folder));
        Assert.False(ring.Forget(Folder));
        Assert.DoesNotContain("Prompt", service.Calls);
    }

    [Fact]
    public void A_service_without_encryption_is_spoken_to_without()
    {
        using var service = new FakeSecretService(FakeManner.PlainOnly);
        Ring(service).Keep(Folder, "correct horse", null);
        Assert.Equal("correct horse", Ring(service).Find(Folder));
    }

    [Fact]
    public void A_locked_ring_is_unlocked_by_its_own_dialogue()
    {
        using var service = new FakeSecretService(FakeManner.Locked);
        Assert.Equal("locked", Ring(service).Look().Message);
        Ring(service).Keep(Folder, "correct horse", null);
        Assert.Equal("correct horse", Ring(service).Find(Folder));
        Assert.Contains("AddMatch", service.Calls);
    }

    [Theory]
    [InlineData("Dismissing", true, "dismissed")]
    [InlineData("Silent", true, "nobody answered")]
    [InlineData("Locked", false, "no display")]
    public void A_ring_that_stays_locked_is_a_typed_error_with_a_way_out(string manner, bool display, string why)
    {
        using var service = new FakeSecretService(Enum.Parse<FakeManner>(manner));
        var error = Assert.Throws<SecurityException>(() => Ring(service, display).Keep(Folder, "correct horse", null));
        Assert.Equal(SecurityError.KeyringLocked, error.Error);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains("COLOPHON_PASSPHRASE", error.Hint, StringComparison.Ordinal);
        Assert.Equal(manner == "Silent", service.Calls.Contains("Dismiss"));
        Assert.Equal(display, service.Calls.Contains("Prompt"));
        Assert.Null(Ring(service, display).Find(Folder));
    }

    [Theory]
    [InlineData("Hanging", "within")]
    [InlineData("Garbage", "no message of D-Bus")]
    [InlineData("Foreign", "who you are")]
    public void A_bus_that_hangs_or_answers_something_else_is_a_typed_error(string manner, string why)
    {
        using var service = new FakeSecretService(Enum.Parse<FakeManner>(manner));
        var error = Assert.Throws<SecurityException>(() => Ring(service).Find(Folder));
        Assert.Equal(SecurityError.KeyringUnavailable, error.Error);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.False(Ring(service).Look().Here);
    }

    [Fact]
    public void A_key_that_makes_encryption_void_is_refused()
    {
        using var service = new FakeSecretService(FakeManner.WeakKey);
        Assert.Equal(SecurityError.KeyringUnavailable, Assert.Throws<SecurityException>(() => Ring(service).Keep(Folder, "correct horse", null)).Error);
        Assert.Empty(service.Kept);
    }

    [Fact]
    public void Without_a_bus_or_a_service_nothing_is_found_and_keeping_says_so()
    {
        using var service = new FakeSecretService(FakeManner.Absent);
        foreach (var variables in (IEnumerable<Dictionary<string, string>>)[service.Variables(), [], new() { ["XDG_RUNTIME_DIR"] = "/nowhere" }, new() { ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" }])
        {
            var ring = new SecretServiceKeyring(variables, TimeProvider.System);
            Assert.Null(ring.Find(Folder));
            Assert.False(ring.Forget(Folder));
            Assert.False(ring.Look().Here);
            Assert.Equal(SecurityError.KeyringUnavailable, Assert.Throws<SecurityException>(() => ring.Keep(Folder, "correct horse", null)).Error);
        }

        Assert.Throws<SecurityException>(() => Ring(service).Keep(Folder, "correct horse", TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task A_peer_that_sends_noise_in_place_of_messages_never_brings_it_down()
    {
        var random = new Random(20);
        for (var round = 0; round < 60; round++)
        {
            using var folder = new TemporaryFolder();
            var path = Path.Combine(folder.Path, "bus");
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            var noise = new byte[random.Next(0, 400)];
            random.NextBytes(noise);
            if (noise.Length > 20)
                new byte[] { (byte)'l', 2, 0, 1, (byte)random.Next(40), 0, 0, 0, 1, 0, 0, 0, (byte)random.Next(60), 0, 0, 0 }.CopyTo(noise, 0);
            var peer = Task.Run(async () =>
            {
                using var accepted = await listener.AcceptAsync();
                await accepted.SendAsync("OK 00\r\n"u8.ToArray());
                await accepted.SendAsync(noise);
                accepted.Shutdown(SocketShutdown.Send);
                var rest = new byte[4096];
                try
                {
                    while (await accepted.ReceiveAsync(rest) > 0)
                    {
                    }
                }
                catch (SocketException)
                {
                    // It hung up with noise unread.
                }
            });
            var ring = new SecretServiceKeyring(new Dictionary<string, string> { ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + path }, TimeProvider.System) { AnswerLimit = TimeSpan.FromSeconds(5) };
            Assert.Throws<SecurityException>(() => ring.Find(Folder));
            await peer;
        }
    }

    private static SecretServiceKeyring Ring(FakeSecretService service, bool display = true) =>
        new(service.Variables(display), TimeProvider.System) { AnswerLimit = service.Hangs ? s_soon : TimeSpan.FromSeconds(20), PromptLimit = service.Asks ? TimeSpan.FromSeconds(20) : s_soon };
}
