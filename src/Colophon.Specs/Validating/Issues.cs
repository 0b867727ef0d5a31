namespace Colophon.Specs.Validating;

/// <summary>Collects the findings of one item in order.</summary>
internal sealed class Issues
{
    private List<ValidationIssue>? _found;

    internal IReadOnlyList<ValidationIssue> Found => _found is null ? [] : _found;

    internal int Count => _found?.Count ?? 0;

    internal void Error(string path, string code, string message, int? line = null, int at = 0) => Add(IssueLevel.Error, path, line, message, code, at);

    internal void Warning(string path, string code, string message, int? line = null, int at = 0) => Add(IssueLevel.Warning, path, line, message, code, at);

    internal void Info(string path, string code, string message, int? line = null, int at = 0) => Add(IssueLevel.Info, path, line, message, code, at);

    internal bool IsValid(bool strict)
    {
        foreach (var issue in Found)
        {
            if (issue.Level == IssueLevel.Error || (strict && issue.Level == IssueLevel.Warning))
                return false;
        }

        return true;
    }

    private void Add(IssueLevel level, string path, int? line, string message, string code, int at) =>
        (_found ??= []).Add(new ValidationIssue(level, path, line, message, code) { At = line ?? at });
}
