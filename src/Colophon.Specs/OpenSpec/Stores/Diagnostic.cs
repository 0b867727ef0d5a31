using Colophon.Specs.Json;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>Something about a store or a tree that somebody should know.</summary>
internal sealed record Diagnostic(string Severity, string Code, string Message, string? Target = null, string? Fix = null)
{
    internal static Diagnostic Of(OpenSpecFailure failure, string fallbackCode) => new("error", failure.Code ?? fallbackCode, failure.Message, failure.Target, failure.Fix);

    internal void Write(JsonText json)
    {
        json.BeginObject();
        json.Text("severity", Severity);
        json.Text("code", Code);
        json.Text("message", Message);
        if (Target is not null)
            json.Text("target", Target);
        if (Fix is not null)
            json.Text("fix", Fix);
        json.EndObject();
    }

    /// <summary><c>"name": [{…}]</c>.</summary>
    internal static void Write(JsonText json, string name, IEnumerable<Diagnostic> diagnostics)
    {
        json.Name(name);
        json.BeginArray();
        foreach (var diagnostic in diagnostics)
            diagnostic.Write(json);
        json.EndArray();
    }
}
