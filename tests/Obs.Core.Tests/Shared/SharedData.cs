using System;
using System.IO;
using NUnit.Framework;

namespace Obs.Core.Tests.Shared;

/// <summary>The folder of real recordings beside the repository, which is never part of it.</summary>
/// <remarks>Environment variable OBS_SHARED names it; without it <c>../shared</c> seen from the repository root is used.</remarks>
internal static class SharedData
{
    /// <summary>Nearest folder above the test assembly that holds Obs.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Absolute path of a file or folder below the shared folder or its <c>data</c>; the running test is skipped, with the reason, where it is absent.</summary>
    public static string Path(string relative)
    {
        string shared = Environment.GetEnvironmentVariable("OBS_SHARED") is { Length: > 0 } given ? given : System.IO.Path.Combine(Root, "..", "shared");
        foreach (string parent in new[] { shared, System.IO.Path.Combine(shared, "data") })
        {
            string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(parent, relative));
            if (File.Exists(path) || Directory.Exists(path))
                return path;
        }
        Assert.Ignore($"needs shared/{relative} (set OBS_SHARED to the folder that holds it)");
        return "";
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Obs.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Obs.sln; run the tests from a checkout.");
    }
}
