using System.Buffers;

namespace Colophon.Security.Redaction;

/// <summary>A provider's format of keys: a prefix nobody else uses, then a run of characters of a set.</summary>
/// <param name="Prefix">How it starts.</param>
/// <param name="Kind">What it is called in a redacted text.</param>
/// <param name="Alphabet">An index into <see cref="Alphabets"/>.</param>
/// <param name="Least">How many characters must follow the prefix.</param>
/// <param name="Mixed">Whether they must hold lower case, upper case and a digit, because the prefix alone says too little.</param>
internal readonly record struct KeyFormat(string Prefix, string Kind, int Alphabet, int Least, bool Mixed = false)
{
    internal const int Word = 0;
    internal const int Upper = 1;
    internal const int Dotted = 2;
    internal const int Hex = 3;
    internal const int Value = 4;
    internal const int Letters = 5;

    /// <summary>The sets of characters that keys are made of.</summary>
    internal static readonly SearchValues<char>[] Alphabets =
    [
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"),
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."),
        SearchValues.Create("0123456789abcdefABCDEF"),
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=~"),
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"),
    ];

    /// <summary>The formats; where one prefix starts another, the longer stands first.</summary>
    internal static readonly KeyFormat[] All =
    [
        new("sk-ant-", "anthropic-key", Word, 20),
        new("sk-or-v1-", "openrouter-key", Word, 20),
        new("sk-proj-", "openai-key", Word, 20),
        new("sk-svcacct-", "openai-key", Word, 20),
        new("sk-", "openai-key", Word, 20, Mixed: true),
        new("ghp_", "github-token", Letters, 30),
        new("gho_", "github-token", Letters, 30),
        new("ghu_", "github-token", Letters, 30),
        new("ghs_", "github-token", Letters, 30),
        new("ghr_", "github-token", Letters, 30),
        new("github_pat_", "github-token", Word, 30),
        new("glpat-", "gitlab-token", Word, 20),
        new("AKIA", "aws-key", Upper, 16),
        new("ASIA", "aws-key", Upper, 16),
        new("AIza", "google-key", Word, 35),
        new("ya29.", "google-token", Word, 30),
        new("xoxb-", "slack-token", Word, 20),
        new("xoxp-", "slack-token", Word, 20),
        new("xoxa-", "slack-token", Word, 20),
        new("xoxr-", "slack-token", Word, 20),
        new("xoxs-", "slack-token", Word, 20),
        new("xoxe-", "slack-token", Word, 20),
        new("xapp-", "slack-token", Word, 20),
        new("npm_", "npm-token", Letters, 36),
        new("pypi-", "pypi-token", Word, 50),
        new("hf_", "huggingface-token", Letters, 30),
        new("gsk_", "groq-key", Letters, 40),
        new("sk_live_", "stripe-key", Letters, 20),
        new("rk_live_", "stripe-key", Letters, 20),
        new("SG.", "sendgrid-key", Dotted, 60, Mixed: true),
        new("dop_v1_", "digitalocean-token", Hex, 60),
        new("AGE-SECRET-KEY-1", "age-key", Upper, 50),
    ];
}
