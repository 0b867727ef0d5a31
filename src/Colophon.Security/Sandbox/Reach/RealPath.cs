namespace Colophon.Security.Sandbox.Reach;

/// <summary>Compares paths as the kernel would, with symbolic links followed.</summary>
internal static class RealPath
{
    /// <summary>The path with every link in it followed as far as it exists.</summary>
    internal static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var current = "/";
        var pending = new Stack<string>(full.Split('/', StringSplitOptions.RemoveEmptyEntries).AsEnumerable().Reverse());
        for (var links = 0; pending.TryPop(out var part);)
        {
            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? "/";
                continue;
            }

            var next = Path.Combine(current, part);
            if (links >= 40 || part == "." || new FileInfo(next).LinkTarget is not { } target)
            {
                current = part == "." ? current : next;
                continue;
            }

            links++;
            if (target.StartsWith('/'))
                current = "/";
            foreach (var piece in target.Split('/', StringSplitOptions.RemoveEmptyEntries).AsEnumerable().Reverse())
                pending.Push(piece);
        }

        return current;
    }

    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or lies below it; both are real paths.</summary>
    internal static bool IsWithin(string path, string folder) =>
        folder == "/" || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
