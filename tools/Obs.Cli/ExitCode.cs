namespace Obs.Cli;

/// <summary>Exit codes of every command; documented in docs/reference/exit-codes.md.</summary>
internal static class ExitCode
{
    /// <summary>The command did its job.</summary>
    public const int Done = 0;

    /// <summary>The command did its job and the answer is no: two runs differ, a journal is damaged, a check failed.</summary>
    public const int Negative = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>An input is missing, unreadable or of another kind.</summary>
    public const int BadInput = 3;

    /// <summary>The machine does not allow it: disk full, folder read-only, no permission.</summary>
    public const int Environment = 4;

    /// <summary>A fault of OBS itself.</summary>
    public const int Fault = 5;

    /// <summary>Interrupted by the user.</summary>
    public const int Interrupted = 130;
}
