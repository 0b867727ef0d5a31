using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>What a store may be called.</summary>
internal static class StoreId
{
    internal const string Rule = "must be kebab-case with lowercase letters, numbers, and single hyphen separators";

    /// <summary>The id, once it is known to be one.</summary>
    /// <exception cref="OpenSpecFailure">It is none.</exception>
    internal static string Check(string id) => Problem(id) is { } problem
        ? throw new OpenSpecFailure(problem, "invalid_store_id", "Use kebab-case with lowercase letters, numbers, and single hyphen separators.", "store.id")
        : id;

    internal static bool IsValid(string id) => Problem(id) is null;

    private static string? Problem(string id) => FolderName.Problem(id, "Store id") ?? (KebabName.Is(id) ? null : $"Store id {Rule}");
}
