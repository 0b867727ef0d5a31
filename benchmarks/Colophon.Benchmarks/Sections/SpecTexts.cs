using System.Text;

namespace Colophon.Benchmarks.Sections;

/// <summary>Specification texts of a realistic make, and trees of them.</summary>
internal static class SpecTexts
{
    /// <summary>A main spec of about so many lines.</summary>
    internal static string MainSpec(int lines) =>
        $"# cap Specification\n\n## Purpose\nThis capability exists to give the tool a realistic amount of text to read and to check.\n\n## Requirements\n\n{Requirements(0, 0, lines / 12, "")}";

    /// <summary>A delta of about so many lines: two thirds added, one third modified.</summary>
    internal static string Delta(int lines) =>
        $"## ADDED Requirements\n\n{Requirements(0, lines, lines + lines / 18, "")}\n## MODIFIED Requirements\n\n{Requirements(0, 0, lines / 36, " (revised)")}";

    /// <summary>Writes a tree of so many specifications and changes; every change touches one specification.</summary>
    internal static void WriteTree(string root, int specs, int changes)
    {
        for (var i = 0; i < specs; i++)
        {
            var capability = Capability(i);
            Write(
                $"{root}/openspec/specs/{capability}/spec.md",
                $"# {capability} Specification\n\n## Purpose\nCapability {i} exists to give the tool a realistic amount of text to read.\n\n## Requirements\n\n{Requirements(i, 0, 5, "")}");
        }

        for (var i = 0; i < changes; i++)
        {
            var change = $"{root}/openspec/changes/{Change(i)}";
            var target = i % specs;
            Write($"{change}/.openspec.yaml", "schema: spec-driven\ncreated: 2026-01-01\n");
            Write(
                $"{change}/proposal.md",
                $"# Change {i}\n\n## Why\nCapability {target} needs more requirements because its users asked for them again and again.\n\n## What Changes\n- More requirements\n\n## Impact\n- code\n");
            Write($"{change}/design.md", "# Design\n\n## Context\nNone.\n");
            Write($"{change}/tasks.md", "# Tasks\n\n## 1. Work\n\n- [x] 1.1 First\n- [ ] 1.2 Second\n\n## 2. More\n\n- [ ] 2.1 Third\n");
            Write(
                $"{change}/specs/{Capability(target)}/spec.md",
                $"## ADDED Requirements\n\n{Requirements(target, 5 + i, 8 + i, "")}\n## MODIFIED Requirements\n\n{Requirements(target, 0, 2, " (revised)")}");
        }

        Write($"{root}/openspec/config.yaml", "schema: spec-driven\n");
    }

    internal static string Change(int number) => $"change-{number:D5}";

    private static string Capability(int number) => $"cap-{number:D5}";

    private static string Requirements(int capability, int from, int to, string suffix)
    {
        var text = new StringBuilder();
        for (var n = from; n < to; n++)
        {
            text.Append(n == from ? "" : "\n").Append($"""
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

                """);
        }

        return text.ToString();
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        File.WriteAllText(path, text);
    }
}
