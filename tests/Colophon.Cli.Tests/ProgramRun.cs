using System.Diagnostics;

namespace Colophon.Cli.Tests;

/// <summary>What one process printed and ended with.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>Runs the program as a process of its own, on pipes.</summary>
    public static Task<ProgramRun> OfColophonAsync(string directory, string[] words, string input = "", Action<IDictionary<string, string?>>? environment = null) =>
        OfAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "colophon.dll"), .. words], directory, input, environment);

    /// <summary>Runs any program on pipes.</summary>
    public static async Task<ProgramRun> OfAsync(string program, string[] words, string directory, string input = "", Action<IDictionary<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo(program, words) { WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        environment?.Invoke(start.Environment);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            try
            {
                await process.StandardInput.WriteAsync(input);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading its input.
            }

            await process.WaitForExitAsync(limit.Token);
            return new ProgramRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
