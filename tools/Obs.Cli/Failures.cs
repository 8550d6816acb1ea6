using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Text;
using Obs.Cli.Output;
using Obs.Core.Disruptor;
using Obs.Core.Journal;
using Obs.Core.Models;
using Obs.Core.Recordings;

namespace Obs.Cli;

/// <summary>Turns what went wrong into one message on stderr and an exit code; under --json stdout carries it too, as <c>{"error":{"code","message"}}</c>.</summary>
internal static class Failures
{
    private const int DiskFullErrno = 28;
    private const int QuotaErrno = 122;
    private const int BrokenPipeErrno = 32;
    private const int MessageCharsMax = 4_000;

    /// <summary>Runs a command line and reports its failure, if any.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "the outermost frame: whatever arrives here becomes a message and an exit code")]
    public static int Report(string[] args, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (IOException problem) when ((problem.HResult & 0xFFFF) == BrokenPipeErrno)
        {
            return ExitCode.Interrupted; // whoever read our output has gone
        }
        catch (Exception problem)
        {
            (int code, string message) = Describe(problem);
            return Say(code, message, args.Contains("--json"));
        }
    }

    /// <summary>Writes a message on stderr, without control characters and of bounded length, and returns the code.</summary>
    public static int Warn(int code, string message)
    {
        Console.Error.WriteLine($"obs: {Printable(message)}");
        return code;
    }

    /// <summary>Exit code and message of a failure.</summary>
    public static (int Code, string Message) Describe(Exception problem) => problem switch
    {
        CliException known => (known.Code, known.Message),
        // a stage of the line: the message names the sequence, the cause says what kind of failure it is
        RingStoppedException { InnerException: { } cause } => Describe(cause).Code is int code && code != ExitCode.Fault ? (code, problem.Message) : (code, Fault(problem)),
        ModelException or ImportException => (ExitCode.BadInput, problem.Message),
        JournalException { Fault: JournalFault.DiskFull or JournalFault.ReadOnly or JournalFault.Locked or JournalFault.InputOutput } => (ExitCode.Environment, problem.Message),
        JournalException => (ExitCode.BadInput, problem.Message),
        IOException when (problem.HResult & 0xFFFF) is DiskFullErrno or QuotaErrno =>
            (ExitCode.Environment, $"{problem.Message} The disk is full: free space or choose another folder, then run again; what was stored before is unharmed."),
        UnauthorizedAccessException => (ExitCode.Environment, $"{problem.Message} Choose a folder you may write, or change its permissions."),
        IOException => (ExitCode.Environment, $"{problem.Message} Name a folder that can be made and written; what was stored before is unharmed."),
        OperationCanceledException => (ExitCode.Interrupted, "interrupted."),
        AggregateException { InnerExceptions: [Exception only] } => Describe(only),
        _ => (ExitCode.Fault, Fault(problem)),
    };

    private static string Fault(Exception problem) => $"this is a fault of obs, please report it with the command line: {problem}";

    private static int Say(int code, string message, bool isJson)
    {
        Warn(code, message);
        if (isJson)
        {
            JsonOut.Object(json =>
            {
                json.WriteStartObject("error");
                json.WriteNumber("code", code);
                json.WriteString("message", Printable(message));
                json.WriteEndObject();
            });
        }
        return code;
    }

    // a message may quote bytes of a file: they must not steer a terminal nor fill it
    private static string Printable(string raw)
    {
        string message = CommandName.In(raw);
        StringBuilder text = new(Math.Min(message.Length, MessageCharsMax));
        foreach (char letter in message.AsSpan(0, Math.Min(message.Length, MessageCharsMax)))
            text.Append(letter is '\n' or '\t' || TerminalText.IsHarmless(letter) ? letter : '.');
        return message.Length > MessageCharsMax ? $"{text}…" : text.ToString();
    }
}
