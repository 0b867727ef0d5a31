// In the namespace around all of ours, so that it is found before System.Linq's wherever we write Select.
#pragma warning disable IDE0130
namespace Colophon;
#pragma warning restore IDE0130

/// <summary>
/// <c>Select</c> without System.Linq's: that one dispatches over every kind of sequence by generic virtual methods, of which native AOT must compile every pair of value types that occurs anywhere in the
/// program. With some hundred of them it made two thirds of the program.
/// </summary>
public static class Projection
{
    /// <summary>Each element as a function sees it, in order, when it is asked for.</summary>
    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(selector);
        return Each(source, selector);

        static IEnumerable<TResult> Each(IEnumerable<TSource> source, Func<TSource, TResult> selector)
        {
            foreach (var element in source)
                yield return selector(element);
        }
    }

    /// <summary>Each element and its place from 0 as a function sees them, in order, when it is asked for.</summary>
    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, int, TResult> selector)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(selector);
        return Each(source, selector);

        static IEnumerable<TResult> Each(IEnumerable<TSource> source, Func<TSource, int, TResult> selector)
        {
            var place = 0;
            foreach (var element in source)
                yield return selector(element, place++);
        }
    }
}
