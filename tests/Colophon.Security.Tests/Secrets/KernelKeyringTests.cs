using Colophon.Security.Errors;
using Colophon.Security.Secrets.Keyrings;

namespace Colophon.Security.Tests.Secrets;

public sealed class KernelKeyringTests
{
    [Fact]
    public void A_passphrase_is_kept_for_its_folder_replaced_and_forgotten()
    {
        using var folder = new TemporaryFolder();
        Keep(folder.Path, "correct hörse");
        try
        {
            Assert.Equal("correct hörse", new KernelKeyring().Find(folder.Path));
            Assert.Equal("correct hörse", new KernelKeyring().Find(folder.Path + "/"));
            Assert.Null(new KernelKeyring().Find(folder.Path + "x"));
            Keep(folder.Path, "another");
            Assert.Equal("another", new KernelKeyring().Find(folder.Path));
        }
        finally
        {
            Assert.True(new KernelKeyring().Forget(folder.Path));
        }

        Assert.Null(new KernelKeyring().Find(folder.Path));
        Assert.False(new KernelKeyring().Forget(folder.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public void What_does_not_fit_is_refused(int length) =>
        Assert.Equal(SecurityError.KeyringUnavailable, Assert.Throws<SecurityException>(() => new KernelKeyring().Keep("/nowhere", new string('x', length), TimeSpan.FromMinutes(1))).Error);

    private static void Keep(string folder, string passphrase)
    {
        try
        {
            new KernelKeyring().Keep(folder, passphrase, TimeSpan.FromMinutes(1));
        }
        catch (SecurityException e) when (e.Error == SecurityError.KeyringUnavailable)
        {
            Assert.Skip($"This kernel gives no key ring here: {e.Message}");
        }
    }
}
