using Colophon.Specs.Json;

namespace Colophon.Specs.OpenSpec;

/// <summary>A command that cannot go on, in OpenSpec's words; with <c>--json</c> it becomes the answer's <c>status</c>.</summary>
internal sealed class OpenSpecFailure(string message, string? code = null, string? fix = null, string? target = null) : Exception(message)
{
    /// <summary>OpenSpec's code, where the failure has one of its own.</summary>
    internal string? Code { get; } = code;

    internal string? Fix { get; } = fix;

    internal string? Target { get; } = target;

    /// <summary>A failure of the tree or the system in the words of the CLI's platform.</summary>
    internal static OpenSpecFailure From(Exception error) => error as OpenSpecFailure ?? new OpenSpecFailure(NodeError.Describe(error));

    /// <summary>Writes <c>"status": [{…}]</c> into an open object.</summary>
    internal void WriteStatus(JsonText json, string fallbackCode)
    {
        json.Name("status");
        json.BeginArray();
        json.BeginObject();
        json.Text("severity", "error");
        json.Text("code", Code ?? fallbackCode);
        json.Text("message", Message);
        if (Target is not null)
            json.Text("target", Target);
        if (Fix is not null)
            json.Text("fix", Fix);
        json.EndObject();
        json.EndArray();
    }
}
