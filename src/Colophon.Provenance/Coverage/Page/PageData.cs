using System.Buffers;
using System.Text.Json;
using Colophon.Provenance.Attribution;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Coverage.Page;

/// <summary>What the page's script draws from: short names, because there are many lines. The default encoder escapes everything that could be markup.</summary>
internal static class PageData
{
    public static byte[] Of(CoverageReport report, Func<string, string?> read, CoveragePageOptions options, string[] specs)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        int[] colors = [.. report.Sources.Select(s => s.Requirements.Count == 0 ? specs.Length : Array.IndexOf(specs, ShareCounter.Spec(s.Requirements[0])))];
        json.WriteStartObject();
        json.WriteStartArray("sources");
        for (var i = 0; i < report.Sources.Count; i++)
            Source(json, report.Sources[i], colors[i]);
        json.WriteEndArray();
        json.WriteStartArray("files");
        var left = options.Lines;
        foreach (var file in report.Files)
            left -= File(json, file, read, options, left, colors);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Source(Utf8JsonWriter json, CoverageSource source, int color)
    {
        json.WriteStartObject();
        json.WriteNumber("c", color);
        json.WriteString("d", source.Decision);
        json.WriteString("g", source.Change);
        json.WriteString("t", source.Task);
        json.WriteString("x", source.TaskText);
        json.WriteString("m", source.Model);
        json.WriteString("p", source.PersonText);
        json.WriteString("a", source.AcceptedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'"));
        json.WriteStartArray("r");
        foreach (var requirement in source.Requirements)
            json.WriteStringValue(requirement);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int File(Utf8JsonWriter json, FileCoverage file, Func<string, string?> read, CoveragePageOptions options, int left, int[] colors)
    {
        json.WriteStartObject();
        json.WriteString("p", file.Path);
        json.WriteNumber("l", file.Totals.Lines);
        json.WriteNumber("m", file.Totals.Model);
        json.WriteNumber("h", file.Totals.Human);
        json.WriteNumber("u", file.Totals.Unknown);
        json.WriteStartArray("s");
        foreach (var spec in file.Runs.Where(static r => r.Source is not null).GroupBy(r => colors[r.Source ?? 0]).OrderByDescending(static g => g.Sum(static r => r.Count)).ThenBy(static g => g.Key))
        {
            json.WriteStartArray();
            json.WriteNumberValue(spec.Key);
            json.WriteNumberValue(spec.Sum(static r => r.Count));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        var shown = Content(json, file, read, options, left);
        json.WriteEndObject();
        return shown;
    }

    private static int Content(Utf8JsonWriter json, FileCoverage file, Func<string, string?> read, CoveragePageOptions options, int left)
    {
        if (left <= 0)
        {
            json.WriteString("n", "This page is full: the lines of this file are not in it. Ask for a page of this file alone.");
            return 0;
        }

        var lines = LineText.Split(read(file.Path) ?? "").Lines;
        if (lines.Count != file.Totals.Lines)
        {
            json.WriteString("n", "The file's text is not at hand as the report saw it; only its figures are shown.");
            return 0;
        }

        var shown = Math.Min(Math.Min(lines.Count, options.LinesPerFile), left);
        if (shown < lines.Count)
            json.WriteString("n", $"Only the first {shown:N0} of {lines.Count:N0} lines are shown here; the figures count all of them.");
        else if (lines.Count == 0)
            json.WriteString("n", "The file is empty.");
        json.WriteStartArray("r");
        foreach (var run in file.Runs.TakeWhile(r => r.Start <= shown))
        {
            json.WriteStartArray();
            json.WriteNumberValue(run.Start);
            json.WriteNumberValue(run.Count);
            json.WriteStringValue(run.Kind switch { OwnerKind.Model => run.Source is null ? "u" : "m", OwnerKind.Human => "h", _ => "u" });
            if (run.Source is { } source)
                json.WriteNumberValue(source);
            else if (run.Cause is { } cause)
                json.WriteStringValue(cause.Text);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("t");
        foreach (var line in lines.Take(shown))
            json.WriteStringValue(line.Length <= options.LineLength ? line : $"{Cut(line, options.LineLength)} … ({line.Length - options.LineLength:N0} more characters)");
        json.WriteEndArray();
        return shown;
    }

    private static ReadOnlySpan<char> Cut(string line, int length) =>
        line.AsSpan(0, char.IsHighSurrogate(line[length - 1]) ? length - 1 : length);
}
