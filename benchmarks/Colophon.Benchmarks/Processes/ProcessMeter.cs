using System.Diagnostics;

namespace Colophon.Benchmarks.Processes;

/// <summary>What the operating system says one finished process and the children it reaped used.</summary>
/// <param name="Wall">Elapsed seconds.</param>
/// <param name="Cpu">User and system seconds.</param>
/// <param name="PeakMebibytes">The largest resident set of one process.</param>
/// <param name="ExitCode">Its exit code; 128 and the signal where one ended it.</param>
public sealed record Usage(double Wall, double Cpu, double PeakMebibytes, int ExitCode);

/// <summary>Runs whole processes under <c>meter.c</c>, which reads the kernel's own accounting of them (<c>wait4</c>).</summary>
internal static class ProcessMeter
{
    /// <summary>Runs the commands in turn, A B A B, so that a drifting machine is fair to both; the first round is a warm-up and not counted.</summary>
    internal static IReadOnlyList<Usage>[] Interleave(int rounds, params Command[] commands)
    {
        var usages = commands.Select(static _ => new List<Usage>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < commands.Length; i++)
            {
                commands[i].Before?.Invoke();
                var usage = Run(commands[i]);
                if (round > 0)
                    usages[i].Add(usage);
            }
        }

        return usages;
    }

    internal static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    internal static Usage Run(Command command)
    {
        var layout = Layout.Find();
        var result = Path.Combine(layout.Scratch, "usage.txt");
        var start = new ProcessStartInfo(Path.Combine(layout.Scratch, "meter"), [result, .. command.Arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = command.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        using var meter = Process.Start(start) ?? throw new InvalidOperationException("The meter cannot be started; ./bench builds it.");
        meter.StandardInput.Close();
        meter.OutputDataReceived += static (_, _) => { };
        meter.BeginOutputReadLine();
        var errors = meter.StandardError.ReadToEnd();
        meter.WaitForExit();
        if (command.ShowErrors && errors.Length > 0)
            Console.Error.Write(errors);
        var fields = File.ReadAllText(result).Split(' ');
        return new Usage(double.Parse(fields[0]), double.Parse(fields[1]), long.Parse(fields[2]) / 1024.0, int.Parse(fields[3]));
    }
}
