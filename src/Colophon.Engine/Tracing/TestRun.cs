using System.Text;
using Colophon.Generation.Scratch;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Security.Errors;
using Colophon.Security.Sandbox;
using Colophon.Specs;
using Colophon.Specs.Tracing.Results;

namespace Colophon.Engine.Tracing;

/// <summary>Runs a project's tests in the sandbox, in a copy of the tree that they may write in, and collects the results they leave.</summary>
internal sealed class TestRun(ColophonEngine engine, GitRepository repository)
{
    private const string ResultsVariable = "COLOPHON_RESULTS";
    private const int OutputLimit = 16 * 1024 * 1024;
    private const int MostFiles = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Runs <c>test.command</c>.</summary>
    /// <exception cref="KernelException">The copy is in use, cannot be made, or git failed.</exception>
    /// <exception cref="SecurityException">This kernel has no sandbox, and nobody allowed to do without.</exception>
    public async Task<(VerificationRun Run, IReadOnlyList<TestResult> Results, IReadOnlyList<string> Files)> ExecuteAsync(string command, bool inPlace, CancellationToken cancellationToken)
    {
        var sandbox = engine.Parts.Sandbox()
            ?? throw new SecurityException(SecurityError.SandboxUnavailable, "This kernel offers no sandbox to run the tests in.", "Use a kernel with Landlock, allow unconfined commands in your own configuration, or run the tests yourself and give their results with --results.");
        var state = Path.Combine(await StateFolder.FindAsync(repository, cancellationToken).ConfigureAwait(false), "verify");
        Directory.CreateDirectory(state);
        using var held = await FileLock.AcquireAsync(Path.Combine(state, "lock"), Patience, engine.Parts.Overrides.Time, cancellationToken).ConfigureAwait(false);
        var root = inPlace ? repository.Root : await TestCopy.RefreshAsync(repository, state, cancellationToken).ConfigureAwait(false);
        var home = Path.Combine(state, "home");
        var results = Fresh(Path.Combine(home, "results"));
        var patterns = engine.Configuration.TextList("test.results");
        var before = Stamps(root, patterns);
        var policy = new SandboxPolicy
        {
            WritableRoots = inPlace ? [] : [root],
            ReadableRoots = [repository.Root, .. engine.Configuration.TextList("sandbox.read")],
            AllowNetwork = engine.Configuration.Boolean("sandbox.network"),
            PrivateFolder = home,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { [ResultsVariable] = results },
        };
        var limit = TimeSpan.FromSeconds(engine.Configuration.Integer("sandbox.time_limit"));
        var done = await sandbox.RunAsync(SandboxCommand.Shell(command, root) with { TimeLimit = limit, OutputLimit = OutputLimit }, policy, cancellationToken).ConfigureAwait(false);

        // What an earlier run left says nothing about this one.
        var left = Stamps(root, patterns).Where(file => !before.TryGetValue(file.Key, out var stamp) || stamp != file.Value).Select(static file => file.Key)
            .Concat(Directory.EnumerateFiles(results, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })).Take(MostFiles).ToList();
        var (found, read) = Read(left);
        if (found.Count == 0)
            found = TestResults.Read(done.Output);
        return (new VerificationRun(command, done.ExitCode, done.TimedOut, done.Duration, done.Output), found, [.. read.Select(file => Path.GetRelativePath(root, file))]);
    }

    /// <summary>Reads the results of a run that somebody else made.</summary>
    /// <exception cref="SpecException">No file is there.</exception>
    public static (IReadOnlyList<TestResult> Results, IReadOnlyList<string> Files) Given(string root, string directory, string pattern)
    {
        var whole = Path.GetFullPath(pattern, directory);
        var files = File.Exists(whole) ? [whole] : ResultFiles.Find(root, pattern).Take(MostFiles).Select(file => Path.Combine(root, file)).ToList();
        if (files.Count == 0)
            throw new SpecException(SpecError.Unreadable, $"No file matches '{pattern}'.", "Name a file, or a pattern below the project's root: --results 'artifacts/**/*.trx'.");
        var (results, read) = Read(files);
        return (results, [.. read.Select(file => Path.GetRelativePath(root, file))]);
    }

    private static (IReadOnlyList<TestResult> Results, IReadOnlyList<string> Files) Read(IReadOnlyList<string> files)
    {
        var results = new List<TestResult>();
        var read = new List<string>();
        foreach (var file in files)
        {
            try
            {
                // A test could leave a link to something that is not its business.
                if (new FileInfo(file).LinkTarget is not null || UntrustedFile.Read(file, TestResults.MaximumLength) is not { } bytes)
                    continue;
                results.AddRange(TestResults.Read(Decode(bytes)));
                read.Add(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What cannot be read proves nothing; the scenarios show as not run.
            }
        }

        return (results, read);
    }

    private static string Decode(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes),
        _ => Encoding.UTF8.GetString(bytes),
    };

    private static Dictionary<string, (long Length, DateTime Written)> Stamps(string root, IReadOnlyList<string> patterns)
    {
        var stamps = new Dictionary<string, (long, DateTime)>(StringComparer.Ordinal);
        foreach (var file in patterns.SelectMany(pattern => ResultFiles.Find(root, pattern)).Take(MostFiles))
        {
            var info = new FileInfo(Path.Combine(root, file));
            if (info.Exists && info.LinkTarget is null)
                stamps[info.FullName] = (info.Length, info.LastWriteTimeUtc);
        }

        return stamps;
    }

    private static string Fresh(string folder)
    {
        var standing = new FileInfo(folder);
        if (standing.Exists || standing.LinkTarget is not null)
            standing.Delete();
        else if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return folder;
    }
}
