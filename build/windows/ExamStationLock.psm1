#Requires -Version 5.1
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What Lock-Machine.ps1 and Unlock-Machine.ps1 share: how each kind of setting is read and written, and the journal of
# what was there before. Which settings there are is said in settings.json; nothing else is changed.

$Embedded = 'root\standardcimv2\embedded'
$Folder = Join-Path $env:ProgramData 'ExamStation\Lock'
$JournalPath = Join-Path $Folder 'journal.json'
# Administrators and the system only: whoever could write the journal could have an administrator write anything anywhere.
$FolderRights = 'O:BAG:BAD:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)'
$FileRights = 'O:BAG:BAD:P(A;;FA;;;BA)(A;;FA;;;SY)'
$Trusted = 'S-1-5-32-544', 'S-1-5-18'

# --- the journal -----------------------------------------------------------------------------------------------------

function Read-Journal {
    if (-not (Test-Path -LiteralPath $JournalPath)) { return $null }
    $owner = (Get-Acl -LiteralPath $JournalPath).GetOwner([Security.Principal.SecurityIdentifier]).Value
    if ($Trusted -notcontains $owner) { throw "$JournalPath does not belong to the administrators. It is not used." }
    Get-Content -LiteralPath $JournalPath -Raw -Encoding UTF8 | ConvertFrom-Json
}

# On the disk before the call returns, and whole at every moment: the old journal or the new one.
function Save-Journal($Journal) {
    if (-not (Test-Path -LiteralPath $Folder)) { [void](New-Item -ItemType Directory -Path $Folder -Force) }
    $rights = New-Object Security.AccessControl.DirectorySecurity
    $rights.SetSecurityDescriptorSddlForm($FolderRights)
    Set-Acl -LiteralPath $Folder -AclObject $rights

    $new = "$JournalPath.new"
    $bytes = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $Journal -Depth 8))
    $file = New-Object IO.FileStream ($new, [IO.FileMode]::Create, [IO.FileAccess]::Write, [IO.FileShare]::None, 4096, [IO.FileOptions]::WriteThrough)
    try {
        $file.Write($bytes, 0, $bytes.Length)
        $file.Flush($true)
    } finally { $file.Dispose() }
    $rights = New-Object Security.AccessControl.FileSecurity
    $rights.SetSecurityDescriptorSddlForm($FileRights)
    Set-Acl -LiteralPath $new -AclObject $rights

    if (Test-Path -LiteralPath $JournalPath) { [IO.File]::Replace($new, $JournalPath, [NullString]::Value) }
    else { [IO.File]::Move($new, $JournalPath) }
}

function Remove-Journal { Remove-Item -LiteralPath $Folder -Recurse -Force }

# --- registry --------------------------------------------------------------------------------------------------------

# Runs the block with the root key of a hive. An account that is not signed in has its hive loaded for that long.
function Use-Hive($Hive, $Account, [scriptblock]$Block) {
    if ($Hive -eq 'machine') {
        $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
        try { return & $Block $root } finally { $root.Dispose() }
    }
    $users = [Microsoft.Win32.RegistryKey]::OpenBaseKey('Users', 'Registry64')
    $name = $Account.sid
    $loaded = $false
    try {
        if ($users.GetSubKeyNames() -notcontains $name) {
            $name = 'ExamStationLock'
            $path = Join-Path (Get-ProfileFolder $Account) 'NTUSER.DAT'
            & reg.exe load "HKU\$name" $path | Out-Null
            if ($LASTEXITCODE -ne 0) { throw "The settings of the account $($Account.name) cannot be opened: $path" }
            $loaded = $true
        }
        $root = $users.OpenSubKey($name, $true)
        try { & $Block $root } finally { $root.Dispose() }
    } finally {
        $users.Dispose()
        if ($loaded) {
            # A key that is still held would keep the hive loaded, and the account from signing in.
            [GC]::Collect()
            [GC]::WaitForPendingFinalizers()
            & reg.exe unload "HKU\$name" | Out-Null
            if ($LASTEXITCODE -ne 0) { Write-Warning "HKU\$name is still loaded. Restart Windows before anybody signs in." }
        }
    }
}

function Get-ProfileKey($Account) { "HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\$($Account.sid)" }

# Where an account keeps its settings. One that never signed in has no such folder yet: Windows makes it here.
function Get-ProfileFolder($Account) {
    $key = Get-ProfileKey $Account
    if (-not (Test-Path -LiteralPath $key)) {
        Add-Type -Namespace ExamStation -Name Profile -MemberDefinition @'
[DllImport("userenv.dll", CharSet = CharSet.Unicode)]
public static extern int CreateProfile(string sid, string name, System.Text.StringBuilder path, uint length);
'@
        $made = New-Object Text.StringBuilder 260
        $code = [ExamStation.Profile]::CreateProfile($Account.sid, $Account.name, $made, 260)
        if ($code -ne 0) { throw ('Windows made no profile for {0}: 0x{1:X8}' -f $Account.name, $code) }
    }
    [Environment]::ExpandEnvironmentVariables((Get-ItemProperty -LiteralPath $key).ProfileImagePath)
}

function Get-RegistrySetting($Setting, $Account) {
    # Looking makes nothing: who never signed in has no settings.
    if ($Setting.hive -eq 'account' -and -not (Test-Path -LiteralPath (Get-ProfileKey $Account))) { return $null }
    Use-Hive $Setting.hive $Account {
        param($root)
        $key = $root.OpenSubKey($Setting.key)
        if ($null -eq $key) { return $null }
        try {
            if ($key.GetValueNames() -notcontains $Setting.name) { return $null }
            [pscustomobject]@{
                type  = [string]$key.GetValueKind($Setting.name)
                value = $key.GetValue($Setting.name, $null, 'DoNotExpandEnvironmentNames')
            }
        } finally { $key.Dispose() }
    }
}

function Set-RegistrySetting($Setting, $Account, $Value) {
    if ($null -eq $Value -and $null -eq (Get-RegistrySetting $Setting $Account)) { return }
    Use-Hive $Setting.hive $Account {
        param($root)
        if ($null -eq $Value) {
            $key = $root.OpenSubKey($Setting.key, $true)
            if ($null -ne $key) { try { $key.DeleteValue($Setting.name, $false) } finally { $key.Dispose() } }
            return
        }
        # JSON knows numbers and lists only; the registry wants to be told exactly.
        $exact = switch ($Value.type) {
            'DWord' { [BitConverter]::ToInt32([BitConverter]::GetBytes([int64]$Value.value), 0) }
            'QWord' { [int64]$Value.value }
            'Binary' { , [byte[]]@($Value.value) }
            'MultiString' { , [string[]]@($Value.value) }
            default { [string]$Value.value }
        }
        $key = $root.CreateSubKey($Setting.key)
        try { $key.SetValue($Setting.name, $exact, $Value.type) } finally { $key.Dispose() }
    }
}

# --- Shell Launcher and Keyboard Filter ------------------------------------------------------------------------------

function Invoke-ShellLauncher($Method, $Arguments = @{}) {
    $answer = Invoke-CimMethod -Namespace $Embedded -ClassName WESL_UserSetting -MethodName $Method -Arguments $Arguments
    if ($answer.ReturnValue -ne 0) { throw ('Shell Launcher refused {0}: 0x{1:X8}' -f $Method, $answer.ReturnValue) }
    $answer
}

function Get-ShellSetting($Account) {
    $shell = Get-CimInstance -Namespace $Embedded -ClassName WESL_UserSetting |
        Where-Object { $_.Sid -eq $Account.sid } | Select-Object -First 1
    if ($null -eq $shell) { return $null }
    $found = [ordered]@{ shell = $shell.Shell; action = $shell.DefaultAction }
    if ($shell.CustomReturnCodes) {
        $found.codes = @($shell.CustomReturnCodes)
        $found.actions = @($shell.CustomReturnCodesAction)
    }
    [pscustomobject]$found
}

function Set-ShellSetting($Account, $Value) {
    if ($null -eq $Value) {
        # Already gone is what was wanted; the method calls it an error.
        if ($null -ne (Get-ShellSetting $Account)) { [void](Invoke-ShellLauncher RemoveCustomShell @{ Sid = $Account.sid }) }
        return
    }
    $arguments = @{ Sid = $Account.sid; Shell = $Value.shell; DefaultAction = [int]$Value.action }
    if ($Value.PSObject.Properties['codes']) {
        $arguments.CustomReturnCodes = [int[]]@($Value.codes)
        $arguments.CustomReturnCodesAction = [int[]]@($Value.actions)
    }
    [void](Invoke-ShellLauncher SetCustomShell $arguments)
}

function Get-FilterRule($Class, $Key, $Name) {
    $rule = Get-CimInstance -Namespace $Embedded -ClassName $Class | Where-Object { $_.$Key -eq $Name } | Select-Object -First 1
    if ($null -eq $rule) { throw "Keyboard Filter of this Windows does not know $Name." }
    $rule
}

# Both features bring WMI classes of their own, which are there only after a restart.
function Test-Classes {
    foreach ($class in 'WESL_UserSetting', 'WEKF_PredefinedKey', 'WEKF_Settings') {
        if ($null -eq (Get-CimClass -Namespace $Embedded -ClassName $class -ErrorAction SilentlyContinue)) { return $false }
    }
    $true
}

# --- one setting of any kind -----------------------------------------------------------------------------------------

# What a setting is now; $null where there is nothing.
function Get-Setting($Setting, $Account) {
    switch ($Setting.kind) {
        'account' {
            $user = Get-LocalUser -Name $Setting.name -ErrorAction SilentlyContinue
            if ($null -ne $user) { [pscustomobject]@{ enabled = $user.Enabled } }
        }
        'feature' {
            $state = [string](Get-WindowsOptionalFeature -Online -FeatureName $Setting.name).State
            # Pending is as good as done: it is done at the next restart.
            if ($state -like 'Enable*') { 'Enabled' } else { 'Disabled' }
        }
        'registry' { Get-RegistrySetting $Setting $Account }
        'filter' { (Get-FilterRule WEKF_Settings Name $Setting.name).Value }
        'key' { [bool](Get-FilterRule WEKF_PredefinedKey Id $Setting.name).Enabled }
        'default-shell' {
            $shell = Invoke-ShellLauncher GetDefaultShell
            [pscustomobject]@{ shell = $shell.Shell; action = $shell.DefaultAction }
        }
        'shell' { Get-ShellSetting $Account }
        'shell-launcher' { [bool](Invoke-ShellLauncher IsEnabled).Enabled }
        default { throw "There is no kind of setting called $($Setting.kind)." }
    }
}

function Set-Setting($Setting, $Account, $Value) {
    switch ($Setting.kind) {
        'account' {
            # The records of the exams lie in the account's folder: it is never deleted here, only closed.
            if ($null -eq $Value) { Disable-LocalUser -Name $Setting.name }
            elseif ($null -eq (Get-LocalUser -Name $Setting.name -ErrorAction SilentlyContinue)) {
                [void](New-LocalUser -Name $Setting.name -NoPassword -UserMayNotChangePassword -AccountNeverExpires `
                        -FullName 'Exam Station' -Description 'Shows the exam station and nothing else')
                # Else Windows would ask for a new password at the first signing in.
                Set-LocalUser -Name $Setting.name -PasswordNeverExpires $true
                # The name of the group of ordinary users differs from language to language; its SID does not.
                Add-LocalGroupMember -SID 'S-1-5-32-545' -Member $Setting.name
            } elseif ($Value.enabled) { Enable-LocalUser -Name $Setting.name }
            else { Disable-LocalUser -Name $Setting.name }
        }
        'feature' {
            if ($Value -eq 'Enabled') { [void](Enable-WindowsOptionalFeature -Online -FeatureName $Setting.name -NoRestart) }
            else { [void](Disable-WindowsOptionalFeature -Online -FeatureName $Setting.name -NoRestart) }
        }
        'registry' { Set-RegistrySetting $Setting $Account $Value }
        'filter' { Set-CimInstance -InputObject (Get-FilterRule WEKF_Settings Name $Setting.name) -Property @{ Value = [string]$Value } }
        'key' { Set-CimInstance -InputObject (Get-FilterRule WEKF_PredefinedKey Id $Setting.name) -Property @{ Enabled = [bool]$Value } }
        'default-shell' { [void](Invoke-ShellLauncher SetDefaultShell @{ Shell = $Value.shell; DefaultAction = [int]$Value.action }) }
        'shell' { Set-ShellSetting $Account $Value }
        'shell-launcher' { [void](Invoke-ShellLauncher SetEnabled @{ Enabled = [bool]$Value }) }
        default { throw "There is no kind of setting called $($Setting.kind)." }
    }
}

# What a setting is called, for people and to find it in the journal.
function Get-SettingName($Setting) {
    if ($Setting.kind -eq 'registry') { return '{0}: {1}\{2}' -f $Setting.hive, $Setting.key, $Setting.name }
    '{0}: {1}' -f $Setting.kind, $Setting.name
}

Export-ModuleMember -Function 'Read-Journal', 'Save-Journal', 'Remove-Journal', 'Get-Setting', 'Set-Setting', 'Get-SettingName', 'Test-Classes'
