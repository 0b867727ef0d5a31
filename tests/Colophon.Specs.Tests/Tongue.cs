namespace Colophon.Specs.Tests;

/// <summary>A language to write specifications in: its keywords, and English text turned into it.</summary>
internal sealed class Tongue
{
    private readonly (string Key, string English, string Own)[] _words;

    private Tongue(string colon, params (string Key, string English, string Own)[] words) => _words =
        [.. words.Select(word => word.English.EndsWith(": ", StringComparison.Ordinal) ? (word.Key, word.English, word.Own + colon) : word)];

    internal static Tongue German { get; } = new(
        ": ", ("added", "## ADDED Requirements", "## Neue Anforderungen"), ("modified", "## MODIFIED Requirements", "## Geänderte Anforderungen"),
        ("removed", "## REMOVED Requirements", "## Entfallene Anforderungen"), ("renamed", "## RENAMED Requirements", "## Umbenannte Anforderungen"), ("purpose", "## Purpose", "## Zweck"),
        ("requirements", "## Requirements", "## Anforderungen"), ("why", "## Why", "## Warum"), ("what_changes", "## What Changes", "## Was sich ändert"),
        ("requirement", "### Requirement: ", "### Anforderung"), ("scenario", "#### Scenario: ", "#### Szenario"), ("from", "FROM: ", "VON"), ("to", "TO: ", "NACH"), ("shall", "SHALL", "MUSS"),
        ("when", "WHEN", "WENN"), ("then", "THEN", "DANN"));

    internal static Tongue Japanese { get; } = new(
        "\uFF1A", ("added", "## ADDED Requirements", "## 追加要件"), ("modified", "## MODIFIED Requirements", "## 変更要件"), ("removed", "## REMOVED Requirements", "## 削除要件"),
        ("renamed", "## RENAMED Requirements", "## 改名要件"), ("purpose", "## Purpose", "## 目的"), ("requirements", "## Requirements", "## 要件"), ("why", "## Why", "## 理由"),
        ("what_changes", "## What Changes", "## 変更内容"), ("requirement", "### Requirement: ", "### 要件"), ("scenario", "#### Scenario: ", "#### シナリオ"), ("from", "FROM: ", "旧"), ("to", "TO: ", "新"),
        ("shall", "SHALL", "なければならない"), ("when", "WHEN", "もし"), ("then", "THEN", "ならば"));

    internal SpecKeywords Keywords =>
        SpecKeywords.Of(key => [.. _words.Where(word => word.Key == key).Select(static word => word.Own.TrimStart('#', ' ').TrimEnd())]) ?? throw new InvalidOperationException("no words");

    internal string Say(string english) => _words.Aggregate(english, static (text, word) => text.Replace(word.English, word.Own, StringComparison.Ordinal));
}
