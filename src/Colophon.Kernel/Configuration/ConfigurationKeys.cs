using Colophon.Kernel.Words;
using static Colophon.Kernel.Configuration.ConfigurationKind;

namespace Colophon.Kernel.Configuration;

/// <summary>Every key there is. A key appears here when something reads it.</summary>
public static class ConfigurationKeys
{
    /// <summary>The keys in the order in which they are shown.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("model.default", Text, "The model that writes, as provider/model."),
        new("model.fallback", TextList, "Models tried in order when the first one's provider fails.") { Default = Array.Empty<string>() },
        new("model.temperature", Number, "Sampling temperature; unset leaves it to the provider.") { Minimum = 0, Maximum = 2 },
        new("model.max_tokens", Integer, "The most tokens of one answer.") { Default = 8192L, Minimum = 1, Maximum = 1_000_000 },

        new("providers.*.kind", Text, "Which wire the provider speaks.") { Trust = ProjectTrust.UserOnly, Choices = ["anthropic", "openai-chat"] },
        new("providers.*.base_url", Text, "Where the provider listens.") { Trust = ProjectTrust.UserOnly },
        new("providers.*.api_key_env", Text, "The environment variable that holds the key.") { Trust = ProjectTrust.UserOnly },
        new("providers.*.api_key_secret", Text, "The name of the key in the secret store; default: the provider's name.") { Trust = ProjectTrust.UserOnly },
        new("providers.*.headers.*", Text, "A header sent with every request; never a key.") { Trust = ProjectTrust.UserOnly },
        new("providers.*.input_price", Integer, "Price of a million input tokens, in millionths of the currency.") { Trust = ProjectTrust.UserOnly, Minimum = 0 },
        new("providers.*.output_price", Integer, "Price of a million output tokens, in millionths of the currency.") { Trust = ProjectTrust.UserOnly, Minimum = 0 },
        new("providers.*.cached_price", Integer, "Price of a million cached input tokens, in millionths of the currency.") { Trust = ProjectTrust.UserOnly, Minimum = 0 },

        new("limits.turns", Integer, "The most model calls for one task.") { Trust = ProjectTrust.MayLower, Default = 40L, Minimum = 1, Maximum = 10_000 },
        new("limits.tokens", Integer, "The most tokens, in and out, for one task.") { Trust = ProjectTrust.MayLower, Default = 1_000_000L, Minimum = 1 },
        new("limits.money_micros", Integer, "The most money for one run, in millionths of the currency; 0 is no limit.") { Trust = ProjectTrust.MayLower, Default = 5_000_000L, Minimum = 0 },
        new("limits.context_tokens", Integer, "The most tokens of files given to the model up front.") { Trust = ProjectTrust.MayLower, Default = 24_000L, Minimum = 256 },

        new("sandbox.read", TextList, "Absolute paths outside the project that commands may read.") { Trust = ProjectTrust.UserOnly, Default = Array.Empty<string>() },
        new("sandbox.network", ConfigurationKind.Boolean, "Whether commands may reach the network.") { Trust = ProjectTrust.MayForbid, Default = false },
        new("sandbox.allow_unsandboxed", ConfigurationKind.Boolean, "Whether commands may run where the kernel has no sandbox.") { Trust = ProjectTrust.UserOnly, Default = false },
        new("sandbox.time_limit", Integer, "The most seconds a command may run.") { Trust = ProjectTrust.MayLower, Default = 120L, Minimum = 1, Maximum = 86_400 },

        new("approval.required", Integer, "How many people must approve a change's text; 0 asks for none. The strictest layer counts.") { Trust = ProjectTrust.Strictest, Default = 0L, Minimum = 0, Maximum = 100 },
        new("approval.roles", TextList, "The roles whose approvals count, of developer and reviewer; default: both. What every layer names counts.") { Trust = ProjectTrust.Strictest, Stricter = Strictness.Both, Default = Array.Empty<string>(), Choices = ["developer", "reviewer"] },
        new("approval.before", TextList, "What needs the approvals, of apply and archive; default: both. What any layer names counts.") { Trust = ProjectTrust.Strictest, Stricter = Strictness.Either, Default = (string[])["apply", "archive"], Choices = ["apply", "archive"] },
        new("approval.allow_author", ConfigurationKind.Boolean, "Whether people may approve what they wrote themselves; default true, and any layer may forbid it.") { Trust = ProjectTrust.Strictest, Stricter = Strictness.False, Default = true },

        new("specs.keywords.purpose", TextList, "Headings that count as `Purpose` beside it.") { Default = Array.Empty<string>() },
        new("specs.keywords.requirements", TextList, "Headings that count as `Requirements`.") { Default = Array.Empty<string>() },
        new("specs.keywords.added", TextList, "Headings that count as `ADDED Requirements`.") { Default = Array.Empty<string>() },
        new("specs.keywords.modified", TextList, "Headings that count as `MODIFIED Requirements`.") { Default = Array.Empty<string>() },
        new("specs.keywords.removed", TextList, "Headings that count as `REMOVED Requirements`.") { Default = Array.Empty<string>() },
        new("specs.keywords.renamed", TextList, "Headings that count as `RENAMED Requirements`.") { Default = Array.Empty<string>() },
        new("specs.keywords.why", TextList, "Headings that count as a proposal's `Why`.") { Default = Array.Empty<string>() },
        new("specs.keywords.what_changes", TextList, "Headings that count as a proposal's `What Changes`.") { Default = Array.Empty<string>() },
        new("specs.keywords.requirement", TextList, "Words that count as `Requirement:`.") { Default = Array.Empty<string>() },
        new("specs.keywords.scenario", TextList, "Words that count as `Scenario:`.") { Default = Array.Empty<string>() },
        new("specs.keywords.from", TextList, "Words that count as `FROM:`.") { Default = Array.Empty<string>() },
        new("specs.keywords.to", TextList, "Words that count as `TO:`.") { Default = Array.Empty<string>() },
        new("specs.keywords.shall", TextList, "Words that count as SHALL or MUST.") { Default = Array.Empty<string>() },
        new("specs.keywords.when", TextList, "Words that count as WHEN.") { Default = Array.Empty<string>() },
        new("specs.keywords.then", TextList, "Words that count as THEN.") { Default = Array.Empty<string>() },

        new("test.command", Text, "The shell command that runs the project's tests, in the sandbox."),
        new("test.results", TextList, "Files with results that the test command leaves, relative to the project; * ? ** and {a,b} match.") { Default = Array.Empty<string>() },
        new("signing.key", Text, "Your signing key: file (the default), ssh:<path>, agent or agent:<fingerprint or comment>.") { Trust = ProjectTrust.UserOnly },
        new("signing.keyrings", TextList, "Where your key's passphrase is looked for, in this order: kernel, secret-service (the desktop's), keychain (macOS).") { Trust = ProjectTrust.UserOnly, Default = (string[])["kernel", "secret-service", "keychain"], Choices = ["kernel", "secret-service", "keychain"] },
        new("secrets.allow", TextList, "Texts that look like secrets and are none, each as sha256:<64 hex digits> of it.") { Default = Array.Empty<string>() },
        new("secrets.allow_paths", TextList, "Paths of a project whose texts that look like secrets are meant, as globs; only you can say so.") { Trust = ProjectTrust.UserOnly, Default = Array.Empty<string>() },
        new("secrets.scan_exclude", TextList, "Paths that `colophon secret scan` passes over, as globs; `apply` asks all the same.") { Default = Array.Empty<string>() },
        new("audit.pseudonym", Text, "The name that the log shows for you; default: git's user.name.") { Trust = ProjectTrust.UserOnly },
        new("anchors.files", TextList, "Files on storage that only takes additions, which verifying reads anchors from.") { Trust = ProjectTrust.UserOnly, Default = Array.Empty<string>() },
        new("anchors.authorities", TextList, "Certificates of time-stamping authorities that count.") { Trust = ProjectTrust.UserOnly, Default = Array.Empty<string>() },
        new("retention.compress_after_days", Integer, "After how many days `colophon audit compress` packs entries.") { Default = 90L, Minimum = 1, Maximum = 36_500 },
        new("retention.archive_after_days", Integer, "After how many days `colophon audit archive` moves packed entries away.") { Default = 183L, Minimum = 1, Maximum = 36_500 },
        new("retention.prune_after_days", Integer, "After how many days `colophon audit prune` deletes packed entries.") { Default = 730L, Minimum = 183, Maximum = 36_500 },
        new("retention.archive", Text, "The folder that old entries are moved to and read from.") { Trust = ProjectTrust.UserOnly },
        new("review.attempts", Integer, "How often a rejected task is tried in all.") { Trust = ProjectTrust.MayLower, Default = 3L, Minimum = 1, Maximum = 10 },
        new("review.context_lines", Integer, "Unchanged lines shown around a change.") { Default = 3L, Minimum = 0, Maximum = 100 },
    ];

    /// <summary>The key that a dotted path names, a <c>*</c> matching any one part; null where there is none.</summary>
    public static ConfigurationKey? Find(IReadOnlyList<string> path) => All.FirstOrDefault(key => Matches(key.Name.Split('.'), path));

    /// <summary>Whether a path leads to keys without being one itself, as <c>limits</c> does.</summary>
    internal static bool IsSection(IReadOnlyList<string> path) =>
        All.Any(key => key.Name.Split('.') is var parts && parts.Length > path.Count && Matches(parts.AsSpan(0, path.Count), path));

    /// <summary>What the user may have meant by a part that is neither a key nor a section, or null.</summary>
    internal static string? Closest(IReadOnlyList<string> path)
    {
        var parent = path.SkipLast(1).ToArray();
        var siblings = All.Select(static key => key.Name.Split('.'))
            .Where(parts => parts.Length >= path.Count && Matches(parts.AsSpan(0, parent.Length), parent))
            .Select(parts => parts[parent.Length]).Where(static name => name != "*").Distinct(StringComparer.Ordinal);
        return EditDistance.Closest(path[^1], siblings)
            ?? All.Select(static key => key.Name).FirstOrDefault(name => name.EndsWith("." + path[^1], StringComparison.Ordinal));
    }

    private static bool Matches(ReadOnlySpan<string> pattern, IReadOnlyList<string> path)
    {
        if (pattern.Length != path.Count)
            return false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != "*" && pattern[i] != path[i])
                return false;
        }

        return true;
    }
}
