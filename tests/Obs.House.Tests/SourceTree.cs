using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Obs.House.Tests;

/// <summary>The repository as the house rules see it: what git tracks or would track, never what a build left behind.</summary>
internal static class SourceTree
{
    private static readonly string[] BuildFolders = ["bin", "obj", ".git", ".vs", ".obs", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules"];
    private static readonly string RootFolder = FindRoot();
    private static readonly Lazy<string[]> TrackedPaths = new(List);
    private static readonly Lazy<SourceFile[]> CSharpFiles = new(() =>
        [.. TrackedPaths.Value.Where(static (string p) => p.EndsWith(".cs", StringComparison.Ordinal)).Select(static (string p) => SourceFile.Read(RootFolder, p))]);

    /// <summary>Nearest folder above the test assembly that holds Obs.sln.</summary>
    public static string Root => RootFolder;

    /// <summary>Paths below the root with slashes, sorted.</summary>
    public static IReadOnlyList<string> Tracked => TrackedPaths.Value;

    /// <summary>Every C# file below one of the folders (all when none is named).</summary>
    public static IReadOnlyList<SourceFile> CSharp(params string[] folders) =>
        [.. CSharpFiles.Value.Where((SourceFile f) => folders.Length == 0 || folders.Any((string folder) => f.Path.StartsWith(folder, StringComparison.Ordinal)))];

    /// <summary>What ships: src and tools. Tests and benchmarks have limits of their own.</summary>
    public static IReadOnlyList<SourceFile> Shipped => CSharp("src/", "tools/");

    /// <summary>Absolute path of a tracked file.</summary>
    public static string Absolute(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Obs.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Obs.sln; run the tests from a checkout.");
    }

    private static string[] List()
    {
        string[] paths = AskGit() ?? Walk();
        return [.. paths.Where(static (string p) => File.Exists(Absolute(p))).Order(StringComparer.Ordinal)];
    }

    private static string[]? AskGit()
    {
        if (!Path.Exists(Absolute(".git")))
            return null;
        ProcessStartInfo start = new("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process git = Process.Start(start)!;
            string output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no git on this machine: an unpacked archive is walked instead
        }
    }

    private static string[] Walk() =>
        [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(static (string p) => Path.GetRelativePath(Root, p).Replace('\\', '/'))
            .Where(static (string p) => !p.Split('/').Any(static (string part) => BuildFolders.Contains(part)))];
}
