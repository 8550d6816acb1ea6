using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>One call of <c>obs</c> as a person makes it: a process of its own, what it printed and how it ended.</summary>
internal sealed record ObsRun(string CommandLine, int ExitCode, string Output, string Errors)
{
    private const int LimitMs = 120_000;

    /// <summary>What stdout says of a failure under --json.</summary>
    public JsonElement ErrorObject => JsonDocument.Parse(Output).RootElement.GetProperty("error");

    /// <summary>The output as one JSON object.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.That(ExitCode, Is.EqualTo(Cli.ExitCode.Done), $"{CommandLine}\n{Errors}");
            return JsonDocument.Parse(Output).RootElement;
        }
    }

    /// <summary>Starts a process that gets nothing on stdin, and leaves it running.</summary>
    public static Process Start(params string[] arguments)
    {
        Process process = StartOpen(arguments);
        process.StandardInput.Close();
        return process;
    }

    /// <summary>The program and its file, as the first words of a command line.</summary>
    public static string[] CommandWords => [Dotnet(), typeof(CommandTree).Assembly.Location];

    /// <summary>Starts a process whose stdin stays open.</summary>
    public static Process StartOpen(params string[] arguments) => StartOpen([], arguments);

    /// <summary>Starts a process behind the words of another program, which becomes it.</summary>
    public static Process StartOpen(string[] before, string[] arguments)
    {
        string[] words = [.. before, .. CommandWords, .. arguments];
        ProcessStartInfo start = new(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
    }

    /// <summary>Runs to the end.</summary>
    public static ObsRun Of(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(LimitMs))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"obs {string.Join(' ', arguments)} did not end in {LimitMs / 1000} s");
        }
        return new ObsRun($"obs {string.Join(' ', arguments)}", process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Runs several at once; their results come in the order asked.</summary>
    public static ObsRun[] OfAll(IEnumerable<string[]> commandLines, int atOnce = 2) => [.. commandLines.AsParallel().AsOrdered().WithDegreeOfParallelism(atOnce).Select(static line => Of(line))];

    // the program that runs these tests may be a test host, but the runtime it loaded stands below the dotnet that owns it
    private static string Dotnet()
    {
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string path = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(path) ? path : "dotnet";
    }
}
