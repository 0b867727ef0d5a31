using System.Text;
using Colophon.Specs.OpenSpec;

namespace Colophon.Specs.Tests.Golden;

/// <summary>One run of the drop-in in this process, on a clock that stands still.</summary>
internal sealed record DropInRun(int ExitCode, string Output, string Error)
{
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal)
    {
        ["HOME"] = "/nonexistent",
        ["NO_COLOR"] = "1",
        ["OPEN_SPEC_INTERACTIVE"] = "0",
    };

    public static DropInRun Of(string directory, params string[] arguments) => Of(directory, Environment, "", arguments);

    public static DropInRun Of(string directory, IReadOnlyDictionary<string, string> environment, string input, string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var exit = OpenSpecProgram.Run(new OpenSpecHost
        {
            Arguments = arguments,
            Directory = directory,
            Environment = environment,
            Output = output,
            Error = error,
            Input = new StringReader(input),
            Time = new StandingClock(),
        });
        return new DropInRun(exit, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    private sealed class StandingClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    }
}
