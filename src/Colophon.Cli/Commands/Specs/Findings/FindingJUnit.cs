using System.Text;
using System.Xml;
using Colophon.Specs;
using Colophon.Specs.Checking;

namespace Colophon.Cli.Commands.Specs.Findings;

/// <summary>Findings as JUnit XML, which every CI server reads: a suite for the changes and one for the specs, a case an item.</summary>
internal static class FindingJUnit
{
    private static readonly XmlWriterSettings s_settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CheckCharacters = true };

    /// <summary>The document.</summary>
    public static string Render(CheckReport report, bool strict)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, s_settings))
        {
            writer.WriteStartElement("testsuites");
            WriteCounts(writer, "colophon validate", report.Items);
            foreach (var group in report.Items.GroupBy(static item => item.Kind))
            {
                writer.WriteStartElement("testsuite");
                WriteCounts(writer, group.Key == ItemKind.Change ? "changes" : "specs", [.. group]);
                foreach (var item in group)
                    WriteCase(writer, item, strict);
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteCounts(XmlWriter writer, string name, IReadOnlyCollection<CheckedItem> items)
    {
        writer.WriteAttributeString("name", name);
        writer.WriteAttributeString("tests", $"{items.Count}");
        writer.WriteAttributeString("failures", $"{items.Count(static item => !item.Valid)}");
        writer.WriteAttributeString("errors", "0");
        writer.WriteAttributeString("skipped", "0");
        writer.WriteAttributeString("time", "0");
    }

    private static void WriteCase(XmlWriter writer, CheckedItem item, bool strict)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", item.Kind == ItemKind.Change ? "changes" : "specs");
        writer.WriteAttributeString("name", Clean(item.Id));
        writer.WriteAttributeString("time", "0");
        var failing = item.Findings.Where(finding => finding.Level == IssueLevel.Error || (strict && finding.Level == IssueLevel.Warning)).ToList();
        if (failing is [var first, ..])
        {
            writer.WriteStartElement("failure");
            writer.WriteAttributeString("message", Clean($"{first.Code}: {first.Message}"));
            writer.WriteAttributeString("type", first.Code);
            writer.WriteString(Clean(Lines(failing)));
            writer.WriteEndElement();
        }

        if (item.Findings.Count > failing.Count)
            writer.WriteElementString("system-out", Clean(Lines(item.Findings.Except(failing))));
        writer.WriteEndElement();
    }

    private static string Lines(IEnumerable<SpecFinding> findings) =>
        string.Join('\n', findings.Select(static f => $"{f.Path}:{f.Line}:{f.Column}: {FindingText.LevelOf(f.Level)} {f.Code}: {f.Message} {f.Hint}"));

    /// <summary>XML 1.0 has no place for most control characters, nor for half of a surrogate pair.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.Value is '\t' or '\n' or '\r' or (>= ' ' and not (0xFFFE or 0xFFFF)) ? rune.ToString() : "\uFFFD");
        return clean.ToString();
    }
}
