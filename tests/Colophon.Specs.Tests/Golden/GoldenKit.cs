namespace Colophon.Specs.Tests.Golden;

/// <summary>Where the recorded cases are: beside the repository, or where <c>COLOPHON_OPENSPEC_KIT</c> says.</summary>
internal static class GoldenKit
{
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("COLOPHON_OPENSPEC_KIT") is { Length: > 0 } set)
            return set;
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            var kit = Path.Combine(at, "shared/kits/openspec");
            if (Directory.Exists(Path.Combine(kit, "cases")))
                return kit;
        }

        return null;
    }
}
