#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Undoes Lock-Machine.ps1: every setting is again what it was, also where Lock-Machine.ps1 was cut short.
.DESCRIPTION
    Goes through %ProgramData%\ExamStation\Lock\journal.json backwards. What was put back is struck out there at once, so it
    can be cut short and run again. Where a setting cannot be put back, the others are, and the script says which one it was.
    An account that Lock-Machine.ps1 made is closed, not deleted: the records of the exams lie in its folder.
.EXAMPLE
    .\Unlock-Machine.ps1 -WhatIf
    Says what would be put back and changes nothing.
.EXAMPLE
    .\Unlock-Machine.ps1
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param()
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'ExamStationLock.psm1') -Force

$journal = Read-Journal
if ($null -eq $journal) {
    Write-Output 'This machine is not locked.'
    exit 0
}

$failed = @()
$entries = @($journal.entries)
[array]::Reverse($entries)
foreach ($entry in $entries) {
    $name = Get-SettingName $entry.setting
    if (-not $PSCmdlet.ShouldProcess($name, 'put back')) { continue }
    try {
        Set-Setting $entry.setting $journal.account $entry.before
        $journal.entries = @($journal.entries | Where-Object { (Get-SettingName $_.setting) -ne $name })
        Save-Journal $journal
    } catch {
        $failed += $name
        Write-Warning "$name could not be put back: $($_.Exception.Message)"
    }
}
if ($WhatIfPreference) { exit 0 }
if ($failed.Count -gt 0) {
    Write-Warning 'Restart Windows and run this again. What it still has to put back is in %ProgramData%\ExamStation\Lock\journal.json.'
    exit 1
}
Remove-Journal
Write-Output 'Unlocked: restart Windows.'
