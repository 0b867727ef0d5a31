using Colophon.Generation.Review;
using Xunit.Runner.InProc.SystemConsole;

namespace Colophon.Engine.Tests;

/// <summary>
/// Runs the tests; or, called as <c>apply-host root home model resume</c>, applies a change and prints a line an event, to be killed at any of them; or, called as
/// <c>archive-host root change</c>, archives a change right after it printed a line.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["archive-host", var tree, var change])
        {
            await Console.Out.WriteLineAsync("ready");
            return ArchiveKillTests.Run(tree, "archive", change, "-y");
        }

        if (args is not ["apply-host", var root, var home, var model, var resume])
            return await ConsoleRunner.Run(args);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };
        await using var engine = await ColophonEngine.OpenAsync(root, new EngineOverrides { Environment = environment, Model = model });
        await foreach (var happened in engine.ApplyAsync(new ApplyRequest { Change = "add-x", Resume = resume == "resume" }, new AutoAccept()))
            await Console.Out.WriteLineAsync(happened.GetType().Name);
        return 0;
    }
}
