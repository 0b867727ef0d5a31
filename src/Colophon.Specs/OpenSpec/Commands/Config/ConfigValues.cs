using System.Globalization;
using System.Text;
using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Commands.Config;

/// <summary>Reads, changes and shows values by a dotted key.</summary>
internal static class ConfigValues
{
    /// <summary>The value of a key.</summary>
    /// <returns>False where there is none.</returns>
    internal static bool TryGet(object? value, string key, out object? found)
    {
        found = null;
        if (ConfigKeys.IsUnsafe(key))
            return false;
        foreach (var part in key.Split('.'))
        {
            switch (value)
            {
                case OrderedDictionary<string, object?> map when map.TryGetValue(part, out var member):
                    value = member;
                    break;
                case List<object?> list when part == "length":
                    value = (double)list.Count;
                    break;
                case List<object?> list when Index(part) is { } index && index < list.Count:
                    value = list[index];
                    break;
                default:
                    return false;
            }
        }

        found = value;
        return true;
    }

    /// <summary>Sets the value of a key; what stands in the way and is no container is replaced by one.</summary>
    internal static void Set(OrderedDictionary<string, object?> root, string key, object? value)
    {
        if (ConfigKeys.IsUnsafe(key))
            return;
        object? current = root;
        var parts = key.Split('.');
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (!TryGet(current, parts[i], out var next) || next is not (OrderedDictionary<string, object?> or List<object?>))
                Put(current, parts[i], next = new OrderedDictionary<string, object?>(StringComparer.Ordinal));
            current = next;
        }

        Put(current, parts[^1], value);
    }

    /// <summary>Takes a key away; false where it was not there.</summary>
    internal static bool Remove(OrderedDictionary<string, object?> root, string key)
    {
        var dot = key.LastIndexOf('.');
        object? parent = root;
        if (ConfigKeys.IsUnsafe(key) || (dot >= 0 && !TryGet(root, key[..dot], out parent)))
            return false;
        var last = key[(dot + 1)..];
        if (parent is OrderedDictionary<string, object?> map)
            return map.Remove(last);
        if (parent is not List<object?> list || Index(last) is not { } index || index >= list.Count)
            return false;
        list[index] = null;
        return true;
    }

    /// <summary>What a word on the command line stands for: true, false, a number, a JSON list or object, or else itself.</summary>
    internal static object? Coerce(string word)
    {
        if (word is "true" or "false")
            return word == "true";
        if (JsNumber.Parse(word) is { } number)
            return number;
        var trimmed = Js.Trim(word);
        var container = (trimmed.StartsWith("[") && trimmed.EndsWith("]")) || (trimmed.StartsWith("{") && trimmed.EndsWith("}"));
        return container && JsonValue.TryParse(trimmed.ToString(), out var value) ? value : word;
    }

    /// <summary><c>String(value)</c>.</summary>
    internal static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => double.IsFinite(number) ? JsonValue.NumberText(number) : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity",
        List<object?> list => string.Join(',', list.Select(static item => item is null ? "" : Text(item))),
        _ => "[object Object]",
    };

    /// <summary>The value as <c>config list</c> shows it: much like YAML.</summary>
    internal static string Show(object? value, int depth = 0)
    {
        var indent = new string(' ', depth * 2);
        switch (value)
        {
            case List<object?> list:
                return list.Count == 0 ? "[]" : string.Join('\n', list.Select(item => $"{indent}- {Show(item, depth + 1)}"));
            case OrderedDictionary<string, object?> map:
                if (map.Count == 0)
                    return "{}";
                var text = new StringBuilder();
                foreach (var (key, member) in JsonValue.InOrder(map))
                {
                    var isFull = member is OrderedDictionary<string, object?> { Count: > 0 } or List<object?> { Count: > 0 };
                    text.Append(text.Length == 0 ? "" : "\n").Append(indent).Append(key).Append(isFull ? ":\n" : ": ").Append(Show(member, depth + 1));
                }

                return text.ToString();
            default:
                return Text(value);
        }
    }

    private static void Put(object? container, string key, object? value)
    {
        if (container is OrderedDictionary<string, object?> map)
        {
            map[key] = value;
        }
        else if (container is List<object?> list && Index(key) is { } index)
        {
            while (list.Count <= index)
                list.Add(null);
            list[index] = value;
        }
    }

    /// <summary>A list's index; far ones are no index here, so that a word cannot ask for gigabytes.</summary>
    private static int? Index(string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < 10_000 && index.ToString(CultureInfo.InvariantCulture) == key ? index : null;
}
