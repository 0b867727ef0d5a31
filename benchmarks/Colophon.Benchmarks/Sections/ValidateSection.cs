using Colophon.Benchmarks.Processes;

namespace Colophon.Benchmarks.Sections;

/// <summary>Goal: at least 20 times less CPU than the npm CLI on the same tree.</summary>
internal static class ValidateSection
{
    private const int Size = 200;

    internal static async Task RunAsync(Layout layout)
    {
        var directory = layout.Fresh("validate");
        WriteTree(directory);
        List<Command> commands = [new() { Name = "colophon validate --all", Arguments = [layout.Program, "validate", "--all", "--strict", "--json"], Directory = directory }];
        if (await Peers.OpenSpecAsync(layout) is { } openSpec)
            commands.Add(openSpec with { Name = "openspec validate --all (npm)", Arguments = [.. openSpec.Arguments, "validate", "--all", "--strict", "--json"], Directory = directory });
        Bench.Print(commands, ProcessMeter.Interleave(5, [.. commands]));
        Console.WriteLine("goal: the peer needs at least 20 x our CPU");
    }

    private static void WriteTree(string root)
    {
        for (var i = 0; i < Size; i++)
        {
            var capability = $"cap-{i:D3}";
            Write($"{root}/openspec/specs/{capability}/spec.md", $"# {capability} Specification\n\n## Purpose\nCapability {i} exists to give the tool a realistic amount of text to read.\n\n## Requirements\n\n{Requirements(i, 0, 5, "")}");
            var change = $"{root}/openspec/changes/change-{i:D3}";
            Write($"{change}/.openspec.yaml", "schema: spec-driven\ncreated: 2026-01-01\n");
            Write($"{change}/proposal.md", $"# Change {i}\n\n## Why\nCapability {i} needs more requirements because its users asked for them again and again.\n\n## What Changes\n- More requirements\n\n## Impact\n- code\n");
            Write($"{change}/design.md", "# Design\n\n## Context\nNone.\n");
            Write($"{change}/tasks.md", "# Tasks\n\n## 1. Work\n\n- [x] 1.1 First\n- [ ] 1.2 Second\n\n## 2. More\n\n- [ ] 2.1 Third\n");
            Write($"{change}/specs/{capability}/spec.md", $"## ADDED Requirements\n\n{Requirements(i, 5, 8, "")}\n## MODIFIED Requirements\n\n{Requirements(i, 0, 2, " (revised)")}");
        }

        Write($"{root}/openspec/config.yaml", "schema: spec-driven\n");
    }

    private static string Requirements(int capability, int from, int to, string suffix) => string.Join('\n', Enumerable.Range(from, to - from).Select(n => $"""
        ### Requirement: Requirement {n} of capability {capability}
        The system SHALL handle case {n} of capability {capability}{suffix} and report the outcome to the caller.

        #### Scenario: Normal case {n}
        - **GIVEN** a configured capability {capability}
        - **WHEN** the caller asks for operation {n}
        - **THEN** the operation succeeds

        #### Scenario: Failure case {n}
        - **GIVEN** a misconfigured capability {capability}
        - **WHEN** the caller asks for operation {n}
        - **THEN** an error is reported

        """));

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        File.WriteAllText(path, text);
    }
}
