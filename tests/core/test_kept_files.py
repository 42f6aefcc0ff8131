"""A chosen file is kept until its form is sent, for who chose it alone."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from taskforce.core import kept_files
from taskforce.core.kept_files import KeepsFiles
from taskforce.core.models import KeptFile
from taskforce.members.models import User
from tests.factories import make_user


class LetterForm(KeepsFiles, forms.Form):
    words = forms.CharField()
    file = forms.FileField(required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.name.endswith(".exe"):
            raise forms.ValidationError("This could run.")
        return file


@pytest.fixture
def uploads(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def user(db: None, uploads: Path) -> User:
    return make_user()


def a_file(name: str = "brev.pdf", content: bytes = b"%PDF") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sent(user: User, data: dict[str, str], file: Any = None) -> LetterForm:
    return LetterForm(data, {"file": file} if file else {}, keeper=user)


def kept(user: User, **options: Any) -> KeptFile:
    """Send a form that lacks its words, show it again, and return what is kept."""
    str(sent(user, {}, a_file(**options)))
    return KeptFile.objects.latest("at")


def on_disk(uploads: Path) -> list[str]:
    return sorted(file.name for file in uploads.glob("kept/*"))


def test_form_that_is_shown_again_names_its_file(user: User, uploads: Path) -> None:
    page = str(sent(user, {}, a_file()))

    row = KeptFile.objects.get()
    assert (row.by, row.name, row.size, row.file.read()) == (user, "brev.pdf", 4, b"%PDF")
    assert f'name="file-kept" value="{row.key}"' in page
    assert ">brev.pdf</strong>" in page
    assert 'type="checkbox" name="file-drop"' in page
    assert on_disk(uploads) == [Path(row.file.name).name] != ["brev.pdf"]
    row.file.close()


def test_form_that_is_sent_has_the_kept_file(user: User) -> None:
    form = sent(user, {"words": "Hej", "file-kept": kept(user).key})

    assert form.is_valid()
    file = form.cleaned_data["file"]
    assert (file.name, file.size, file.read()) == ("brev.pdf", 4, b"%PDF")


def test_kept_file_stays_while_the_form_is_refused(user: User) -> None:
    key = kept(user).key

    page = str(sent(user, {"file-kept": key}))

    assert f'value="{key}"' in page
    assert KeptFile.objects.count() == 1


def test_file_is_kept_where_an_act_refuses_what_was_valid(user: User) -> None:
    form = sent(user, {"words": "Hej"}, a_file())
    assert form.is_valid()
    form.add_error(None, "Somebody was first.")

    assert ">brev.pdf</strong>" in str(form)


def test_form_that_was_sent_forgets_its_file(
    user: User, uploads: Path, django_capture_on_commit_callbacks: Any
) -> None:
    form = sent(user, {"words": "Hej", "file-kept": kept(user).key})

    with django_capture_on_commit_callbacks(execute=True):
        form.forget_files()

    assert not KeptFile.objects.exists()
    assert on_disk(uploads) == []


def test_file_can_be_left_out_again(user: User) -> None:
    form = sent(user, {"words": "Hej", "file-kept": kept(user).key, "file-drop": "on"})

    assert form.is_valid()
    assert form.cleaned_data["file"] is None
    assert "brev.pdf" not in str(form)


def test_another_file_takes_the_place_of_the_kept_one(user: User) -> None:
    data = {"words": "Hej", "file-kept": kept(user).key}

    form = sent(user, data, a_file("nyt.pdf"))

    assert form.is_valid()
    assert form.cleaned_data["file"].name == "nyt.pdf"


def test_file_that_is_wrong_is_not_kept(user: User) -> None:
    page = str(sent(user, {}, a_file("program.exe")))

    assert "This could run." in page
    assert 'name="file-kept"' not in page
    assert not KeptFile.objects.exists()


GONE = "Filen er ikke gemt længere. Vælg den igen."


def test_somebody_else_gets_nothing_with_the_key(user: User) -> None:
    key = kept(user).key
    with translation.override("da"):
        form = sent(make_user(), {"words": "Hej", "file-kept": key})
        assert form.errors == {"file": [GONE]}
    form.forget_files()

    assert KeptFile.objects.filter(key=key).exists()


def test_form_that_lost_its_file_asks_for_it_and_for_nothing_else(user: User) -> None:
    class EitherForm(LetterForm):
        def clean(self) -> None:
            if not self.errors and not self.cleaned_data.get("file"):
                raise forms.ValidationError("Choose a file or paste its text.")

    with translation.override("da"):
        form = EitherForm({"words": "Hej", "file-kept": "nonsense"}, keeper=user)
        assert form.errors == {"file": [GONE]}


@pytest.mark.parametrize("key", ["nonsense", "x" * 500, "../../etc/passwd"])
def test_form_says_where_a_key_leads_nowhere(user: User, key: str) -> None:
    with translation.override("da"):
        assert sent(user, {"words": "Hej", "file-kept": key}).errors == {"file": [GONE]}


def test_file_is_forgotten_after_a_day(user: User) -> None:
    row = kept(user)
    KeptFile.objects.update(at=timezone.now() - timedelta(days=1, seconds=1))

    assert kept_files.find(row.key, by=user) is None


def test_worker_forgets_what_is_old_and_what_has_no_row(
    user: User, uploads: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept(user)
    KeptFile.objects.update(at=timezone.now() - timedelta(days=1, seconds=1))
    young = kept(user)
    for name, days in (("stray", 2), ("arriving", 0)):
        (uploads / "kept" / name).write_bytes(b"x")
        then = (timezone.now() - timedelta(days=days)).timestamp()
        os.utime(uploads / "kept" / name, (then, then))

    with django_capture_on_commit_callbacks(execute=True):
        kept_files.forget()

    assert [*KeptFile.objects.all()] == [young]
    assert on_disk(uploads) == sorted(["arriving", Path(young.file.name).name])


def test_worker_has_nothing_to_forget(db: None, uploads: Path) -> None:
    kept_files.forget()

    assert [*uploads.iterdir()] == []


def test_no_more_than_a_few_are_kept_of_one_person(
    user: User, uploads: Path, django_capture_on_commit_callbacks: Any
) -> None:
    other = kept(make_user())
    with django_capture_on_commit_callbacks(execute=True):
        rows = [kept(user) for _ in range(kept_files.MOST + 2)]

    assert {*KeptFile.objects.all()} == {other, *rows[2:]}
    assert len(on_disk(uploads)) == kept_files.MOST + 1


def test_file_that_cannot_be_kept_is_asked_for_again(user: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(kept_files, "LARGEST", 3)

    with translation.override("da"):
        page = str(sent(user, {}, a_file()))

    assert "Filen kunne ikke gemmes. Vælg den igen." in page
    assert not KeptFile.objects.exists()


def test_full_disk_is_told(user: User, monkeypatch: Any) -> None:
    def full(*_args: Any, **_options: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)

    with translation.override("da"):
        assert "Filen kunne ikke gemmes." in str(sent(user, {}, a_file()))
    assert not KeptFile.objects.exists()


def test_file_lost_from_the_disk_is_asked_for_again(user: User, uploads: Path) -> None:
    row = kept(user)
    (uploads / row.file.name).unlink()

    assert "file" in sent(user, {"words": "Hej", "file-kept": row.key}).errors


def test_form_that_was_not_sent_keeps_nothing(user: User) -> None:
    page = str(LetterForm(keeper=user))

    assert 'type="file"' in page
    assert 'name="file-kept"' not in page and "file-drop" not in page
