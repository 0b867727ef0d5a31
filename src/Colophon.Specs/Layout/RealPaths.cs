namespace Colophon.Specs.Layout;

/// <summary>Paths without symbolic links.</summary>
internal static class RealPaths
{
    private const int MaximumLinks = 40;

    /// <summary>The path with every link resolved as far as it exists.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.TreeMalformed"/>: a loop of links.</exception>
    internal static string Of(string absolute)
    {
        var current = "/";
        var pending = new Stack<string>();
        Push(pending, absolute);
        for (var links = 0; pending.TryPop(out var part);)
        {
            if (part == ".")
                continue;
            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? "/";
                continue;
            }

            var next = current == "/" ? $"/{part}" : $"{current}/{part}";
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }

            if (++links > MaximumLinks)
                throw new SpecException(SpecError.TreeMalformed, $"'{absolute}' runs through a loop of symbolic links.", "Remove the link that leads back to itself.");
            if (target.StartsWith('/'))
                current = "/";
            Push(pending, target);
        }

        return current;
    }

    private static void Push(Stack<string> pending, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = parts.Length - 1; i >= 0; i--)
            pending.Push(parts[i]);
    }
}
