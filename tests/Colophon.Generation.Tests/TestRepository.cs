using System.Text;
using Colophon.Kernel.Git;

namespace Colophon.Generation.Tests;

/// <summary>A real git repository in a temporary folder.</summary>
internal sealed class TestRepository : IDisposable
{
    private TestRepository(string path) => Root = path;

    public string Root { get; }

    public GitRunner Git => new(Root);

    public static async Task<TestRepository> CreateAsync(params (string Path, string Text)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("colophon-test-").FullName;
        var repository = new TestRepository(folder);
        await repository.Git.RunAsync(["init", "--quiet", "--initial-branch=main"]);
        await repository.Git.RunAsync(["config", "user.name", "Test Person"]);
        await repository.Git.RunAsync(["config", "user.email", "test@example.org"]);
        if (files.Length > 0)
        {
            foreach (var (path, text) in files)
                repository.Write(path, text);
            await repository.CommitAsync();
        }

        return repository;
    }

    public async Task CommitAsync()
    {
        await Git.RunAsync(["add", "--all"]);
        await Git.RunAsync(["commit", "--quiet", "--message=Change"]);
    }

    public Task<GitRepository> OpenAsync() => GitRepository.DiscoverAsync(Root, CancellationToken.None);

    public string At(string path) => Path.Combine(Root, path);

    public void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path)) ?? Root);
        File.WriteAllBytes(At(path), content);
    }

    public string Read(string path) => File.ReadAllText(At(path));

    /// <summary>Every file outside git's own directory with its content: what "nothing was touched" means.</summary>
    public SortedDictionary<string, string> Everything(params string[] except)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(Root, file);
            if (!name.StartsWith(".git/", StringComparison.Ordinal) && !except.Any(e => name.StartsWith(e, StringComparison.Ordinal)))
                all[name] = new FileInfo(file).LinkTarget is { } link ? $"-> {link}" : Convert.ToHexString(File.ReadAllBytes(file));
        }

        return all;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
