#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Makes this machine an exam station: one account sees the kiosk and nothing else. Unlock-Machine.ps1 undoes it.
.DESCRIPTION
    Needs Windows Enterprise, Education or IoT Enterprise. Shell Launcher puts the kiosk in place of one account's desktop,
    Keyboard Filter takes the keys that Windows would answer itself, and policies close what is left. settings.json lists
    every setting that is changed, and why. Everybody else keeps the desktop, and administrators keep every key.

    Before a setting is changed, what it was is written to %ProgramData%\ExamStation\Lock\journal.json. The script can be
    cut short and run again at any time; what was written down first stays. The first run turns on two Windows features and
    asks for a restart; run it again after that.
.PARAMETER AccountName
    The account that becomes the kiosk. It must not be an administrator.
.PARAMETER CreateAccount
    Makes the account where there is none. It has no password, so it can only sign in at this machine itself.
.PARAMETER AutoSignIn
    The account signs in whenever Windows starts. Only for an account without a password: Windows would keep it readable.
.PARAMETER Program
    The kiosk's program.
.EXAMPLE
    .\Lock-Machine.ps1 -CreateAccount -AutoSignIn -WhatIf
    Says what would be changed and changes nothing.
.EXAMPLE
    .\Lock-Machine.ps1 -CreateAccount -AutoSignIn
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param(
    [ValidatePattern('^[^"/\\\[\]:;|=,+*?<>@]{1,20}$')]
    [string]$AccountName = 'ExamStation',
    [switch]$CreateAccount,
    [switch]$AutoSignIn,
    [string]$Program = (Join-Path $env:ProgramFiles 'Exam Station\exam-station.exe')
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'ExamStationLock.psm1') -Force
$RESTART_NEEDED = 3010

function Test-Machine {
    $edition = (Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion').EditionID
    if ($edition -notmatch '^(Enterprise|Education|IoTEnterprise)') {
        throw "This Windows ($edition) has no Shell Launcher and no Keyboard Filter: Enterprise, Education or IoT Enterprise is needed. Nothing was changed."
    }
    if (-not [Environment]::Is64BitProcess) { throw 'Start this in the 64-bit PowerShell. Nothing was changed.' }
    if (-not (Test-Path -LiteralPath $Program)) { throw "There is no $Program. Install Exam Station first. Nothing was changed." }
    $user = Get-LocalUser -Name $AccountName -ErrorAction SilentlyContinue
    if ($null -eq $user -and -not $CreateAccount) {
        throw "There is no account $AccountName. Name another, or say -CreateAccount. Nothing was changed."
    }
    if ($null -ne $user -and (Get-LocalGroupMember -SID 'S-1-5-32-544').SID -contains $user.SID) {
        throw "$AccountName is an administrator, whom Keyboard Filter lets through. Nothing was changed."
    }
}

# Writes down what a setting is, and only then changes it. What is as it should be is left alone.
function Update-Setting($Setting, $Journal, $Account) {
    $before = Get-Setting $Setting $Account
    $wanted = $Setting.value
    if ($Setting.kind -eq 'registry') { $wanted = [pscustomobject]@{ type = $Setting.type; value = $Setting.value } }
    if ((ConvertTo-Json $before -Compress -Depth 8) -eq (ConvertTo-Json $wanted -Compress -Depth 8)) { return }
    $name = Get-SettingName $Setting
    if (-not $PSCmdlet.ShouldProcess($name, "set ($($Setting.why))")) { return }
    if (@($Journal.entries | ForEach-Object { Get-SettingName $_.setting }) -notcontains $name) {
        $Journal.entries = @($Journal.entries) + [pscustomobject]@{ setting = $Setting; before = $before }
        Save-Journal $Journal
    }
    Set-Setting $Setting $Account $wanted
}

Test-Machine
$journal = Read-Journal
if ($null -eq $journal) {
    $journal = [pscustomobject]@{ version = 1; account = [pscustomobject]@{ name = $AccountName; sid = $null }; entries = @() }
} elseif ($journal.account.name -ne $AccountName) {
    throw "This machine is locked for the account $($journal.account.name). Run Unlock-Machine.ps1 first. Nothing was changed."
}

$text = Get-Content -LiteralPath (Join-Path $PSScriptRoot 'settings.json') -Raw -Encoding UTF8
# Inside of JSON a backslash is written twice.
$text = $text.Replace('{account}', $AccountName).Replace('{program}', $Program.Replace('\', '\\'))
$settings = @((ConvertFrom-Json $text).settings | Where-Object { $AutoSignIn -or -not $_.PSObject.Properties['only'] })

if ($CreateAccount) {
    $account = [pscustomobject]@{ kind = 'account'; name = $AccountName; value = [pscustomobject]@{ enabled = $true }; why = 'sees the kiosk' }
    Update-Setting $account $journal $null
}
$user = Get-LocalUser -Name $AccountName -ErrorAction SilentlyContinue
if ($null -eq $user) {
    # Only with -WhatIf: nothing was made, so there is nothing of its own to look at.
    $settings = @($settings | Where-Object { $_.kind -eq 'feature' })
    Write-Warning 'The account is not there yet: the rest can be said only once it is.'
} else {
    $journal.account.sid = $user.SID.Value
}

foreach ($setting in @($settings | Where-Object { $_.kind -eq 'feature' })) { Update-Setting $setting $journal $journal.account }
if (-not (Test-Classes)) {
    Write-Warning 'Windows has to be restarted for the two features. Then run this again.'
    exit $RESTART_NEEDED
}
foreach ($setting in @($settings | Where-Object { $_.kind -ne 'feature' })) { Update-Setting $setting $journal $journal.account }
if (-not $WhatIfPreference) { Write-Output "Locked: from the next start of Windows on $AccountName sees the kiosk. Unlock-Machine.ps1 undoes it." }
