namespace Colophon.Engine.Hooks;

/// <summary>The pre-commit hook. It must never break a commit: whatever is missing or fails, the commit goes on.</summary>
internal static class HookScript
{
    internal const string Name = "pre-commit";

    /// <summary>What a hook that was there before is called while ours runs first.</summary>
    internal const string Before = "pre-commit.before-colophon";

    /// <summary>What a hook of ours that somebody edited is called when it is taken out or renewed.</summary>
    internal const string Edited = "pre-commit.edited";

    private const string Mark = "# colophon-hook 1:";

    internal static bool IsOurs(string text) => text.Contains("\n" + Mark, StringComparison.Ordinal);

    /// <summary>The hook.</summary>
    /// <param name="program">Where Colophon is, for shells that do not find it on their path.</param>
    internal static string Text(string program) =>
        $$"""
        #!/bin/sh
        {{Mark}} commits the audit log together with the code. `colophon hooks uninstall` takes it out again.
        if [ -d .openspec/audit ]; then
          case ${GIT_INDEX_FILE:-} in
          *next-index-*)
            echo "colophon: a commit of single paths leaves the audit log out; commit .openspec/audit as well" >&2 ;;
          *)
            colophon=$(command -v colophon) || colophon={{Quote(program)}}
            if [ -x "$colophon" ]; then
              # Git does not tell a hook that a commit is amended, or is to become a part of an earlier one: the options of the git that called it do, a word a line, without what other options take.
              if [ -r "/proc/$PPID/cmdline" ]; then words=$(tr '\n\0' ' \n' <"/proc/$PPID/cmdline"); else words=$(ps -o args= -p "$PPID" 2>/dev/null | tr ' ' '\n'); fi
              words=$(printf '%s\n' "$words" | sed -E -e '/^--$/q' -e '/^(-[aqvsneoipz]*[mFcCt]|--(m|au|da|tr|te|cl|fil|ree|reu|pathspec-fr)[a-z-]*)$/{' -e n -e d -e '}')
              amend=$(printf '%s\n' "$words" | sed -nE 's/^--am(e(nd?)?)?$/--amend/p' | tail -n 1)
              into=$(printf '%s\n' "$words" | sed -nE -e '/^--(fix(up?)?|sq(u(a(sh?)?)?)?)$/{' -e N -e 's/\n/=/' -e '}' -e 's/^--(fix|sq)[a-z]*=((amend|reword):)?(.+)$/\4/p' | tail -n 1)
              git diff --cached --raw -z --no-renames --no-abbrev --no-ext-diff --no-color | "$colophon" hooks run $amend ${into:+"--fixup=$into"} || :
            else
              echo "colophon: the program is not installed here, so edits after acceptance are not recorded" >&2
            fi
            git add -- .openspec/audit 2>/dev/null || : ;;
          esac
        fi
        before=$(dirname "$0")/{{Before}}
        if [ -x "$before" ]; then
          exec "$before" "$@"
        fi
        exit 0

        """;

    /// <summary>Whether the hook is as <see cref="Text"/> writes it, wherever the program was then.</summary>
    internal static bool IsAsWritten(string text)
    {
        var (lines, ours) = (text.Split('\n'), Text("").Split('\n'));
        return lines.Length == ours.Length && lines.Zip(ours).All(static pair => pair.First == pair.Second || pair.Second.EndsWith(Quote(""), StringComparison.Ordinal) && pair.First.StartsWith(pair.Second[..^1], StringComparison.Ordinal));
    }

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
