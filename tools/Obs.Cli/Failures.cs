using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using Obs.Core.Journal;
using Obs.Core.Models;
using Obs.Core.Recordings;

namespace Obs.Cli;

/// <summary>Turns what went wrong into one message on stderr and an exit code.</summary>
internal static class Failures
{
    private const int DiskFullErrno = 28;
    private const int QuotaErrno = 122;

    /// <summary>Runs a command line and reports its failure, if any.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "the outermost frame: whatever arrives here becomes a message and an exit code")]
    public static int Report(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (CliException problem)
        {
            return Say(problem.Code, problem.Message);
        }
        catch (Exception problem) when (problem is ModelException or ImportException)
        {
            return Say(ExitCode.BadInput, problem.Message);
        }
        catch (JournalException problem)
        {
            bool isMachine = problem.Fault is JournalFault.DiskFull or JournalFault.ReadOnly or JournalFault.Locked or JournalFault.InputOutput;
            return Say(isMachine ? ExitCode.Environment : ExitCode.BadInput, problem.Message);
        }
        catch (IOException problem) when ((problem.HResult & 0xFFFF) is DiskFullErrno or QuotaErrno)
        {
            return Say(ExitCode.Environment, $"{problem.Message} The disk is full: free space or choose another folder, then run again; what was stored before is unharmed.");
        }
        catch (UnauthorizedAccessException problem)
        {
            return Say(ExitCode.Environment, $"{problem.Message} Choose a folder you may write, or change its permissions.");
        }
        catch (IOException problem)
        {
            return Say(ExitCode.Environment, $"{problem.Message} Name a folder that can be made and written; what was stored before is unharmed.");
        }
        catch (OperationCanceledException)
        {
            return Say(ExitCode.Interrupted, "interrupted.");
        }
        catch (Exception fault)
        {
            return Say(ExitCode.Fault, $"this is a fault of obs, please report it with the command line: {fault}");
        }
    }

    private static int Say(int code, string message)
    {
        Console.Error.WriteLine($"obs: {message}");
        return code;
    }
}
