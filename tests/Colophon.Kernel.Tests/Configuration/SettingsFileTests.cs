using Colophon.Kernel.Configuration;
using Colophon.Kernel.Configuration.Toml;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Tests.Configuration;

public sealed class SettingsFileTests
{
    [Theory]
    [InlineData(null, "[signing]\nkey = \"agent\"\n")]
    [InlineData("", "[signing]\nkey = \"agent\"\n")]
    [InlineData("# mine\n[limits]\nturns = 3", "# mine\n[limits]\nturns = 3\n\n[signing]\nkey = \"agent\"\n")]
    [InlineData("[ signing ] # who\n\n[limits]\nkey = 1\n", "[ signing ] # who\nkey = \"agent\"\n\n[limits]\nkey = 1\n")]
    [InlineData("[signing]\r\n  key='file' # old\r\n[x]\r\n", "[signing]\r\nkey = \"agent\"\r\n[x]\r\n")]
    public void One_key_is_set_and_every_other_byte_stays(string? before, string after)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "deep", "config.toml");
        if (before is not null)
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, "deep"));
            File.WriteAllText(path, before);
        }

        SettingsFile.Set(path, "signing", "key", "agent");
        Assert.Equal(after, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("signing.key = \"file\"\n")]
    [InlineData("signing = { key = \"file\" }\n")]
    [InlineData("text = \"\"\"\n[signing]\n\"\"\"\n")]
    [InlineData("this is no TOML\n")]
    public void What_cannot_be_edited_by_lines_is_left_alone(string before)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "config.toml");
        File.WriteAllText(path, before);
        Assert.Equal(KernelError.ConfigurationInvalid, Assert.Throws<KernelException>(() => SettingsFile.Set(path, "signing", "key", "agent")).Error);
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Fact]
    public void A_value_is_quoted_and_a_link_stays_one()
    {
        using var folder = new TemporaryFolder();
        var (path, real) = (Path.Combine(folder.Path, "config.toml"), Path.Combine(folder.Path, "real.toml"));
        File.WriteAllText(real, "");
        File.CreateSymbolicLink(path, real);
        const string value = "ssh:/a \"b\"\\c\t\u0001é";
        SettingsFile.Set(path, "signing", "key", value);
        Assert.NotNull(new FileInfo(path).LinkTarget);
        Assert.Equal(value, (TomlDocument.Parse(File.ReadAllText(real)).Root["signing"] as TomlValue.Table)?["key"] is TomlValue.Text text ? text.Value : null);
    }
}
