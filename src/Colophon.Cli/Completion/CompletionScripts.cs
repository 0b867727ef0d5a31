namespace Colophon.Cli.Completion;

/// <summary>The scripts that shells load. Each asks the program itself, so they never grow old.</summary>
internal static class CompletionScripts
{
    private const string Bash =
        """
        # colophon completion for bash
        _colophon() {
          local word="${COMP_WORDS[COMP_CWORD]}" line
          COMPREPLY=()
          while IFS=$'\t' read -r line _; do
            COMPREPLY+=("$line")
          done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$word" 2>/dev/null)
          [ ${#COMPREPLY[@]} -gt 0 ] || compopt -o default 2>/dev/null
        }
        complete -F _colophon colophon

        """;

    private const string Zsh =
        """
        #compdef colophon
        # colophon completion for zsh
        _colophon() {
          local -a candidates
          local word summary
          while IFS=$'\t' read -r word summary; do
            candidates+=("${word//:/\\:}${summary:+:$summary}")
          done < <("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
          if (( ${#candidates} )); then
            _describe 'colophon' candidates
          else
            _files
          fi
        }
        compdef _colophon colophon

        """;

    private const string Fish =
        """
        # colophon completion for fish
        function __colophon_complete
          set -l words (commandline -opc) (commandline -ct)
          set -l found (colophon __complete $words[2..-1] 2>/dev/null)
          if test (count $found) -gt 0
            printf '%s\n' $found
          else
            __fish_complete_path (commandline -ct)
          end
        end
        complete -c colophon -f -a '(__colophon_complete)'

        """;

    private const string PowerShell =
        """
        # colophon completion for PowerShell
        Register-ArgumentCompleter -Native -CommandName colophon -ScriptBlock {
          param($word, $ast, $cursor)
          $words = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
          if (-not $word) { $word = '""' }
          colophon __complete @words $word 2>$null | ForEach-Object {
            $value, $summary = $_ -split "`t", 2
            if (-not $summary) { $summary = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $summary)
          }
        }

        """;

    /// <summary>The script for a shell.</summary>
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };
}
