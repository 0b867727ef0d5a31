using Colophon.Security.Errors;
using Colophon.Security.Secrets.Keyrings.Service;

namespace Colophon.Security.Tests.Secrets;

/// <summary>The key ring of the desktop against GNOME Keyring itself.</summary>
public sealed class RealSecretServiceTests
{
    private const string Folder = "/home/ada/.config/colophon";

    [Fact]
    public void GNOME_Keyring_keeps_replaces_gives_and_forgets_a_passphrase()
    {
        Assert.SkipUnless(PrivateBus.Missing is null, PrivateBus.Missing ?? "");
        using var bus = new PrivateBus(unlocked: true);
        var ring = new SecretServiceKeyring(bus.Variables, TimeProvider.System);
        Assert.Null(ring.Find(Folder));
        Assert.False(ring.Forget(Folder));
        ring.Keep(Folder, "correct hörse", null);
        Assert.Equal("correct hörse", ring.Find(Folder));
        Assert.Null(ring.Find(Folder + "2"));
        ring.Keep(Folder, new string('x', 3000), null);
        Assert.Equal(new string('x', 3000), ring.Find(Folder));
        Assert.True(ring.Look().Here);
        Assert.True(ring.Forget(Folder));
        Assert.Null(ring.Find(Folder));
    }

    [Fact]
    public void Where_it_would_have_to_ask_and_there_is_no_display_it_is_told_at_once()
    {
        Assert.SkipUnless(PrivateBus.Missing is null, PrivateBus.Missing ?? "");
        using var bus = new PrivateBus(unlocked: false);
        var ring = new SecretServiceKeyring(bus.Variables, TimeProvider.System);
        Assert.Null(ring.Find(Folder));
        Assert.Equal(SecurityError.KeyringLocked, Assert.Throws<SecurityException>(() => ring.Keep(Folder, "correct horse", null)).Error);
    }
}
