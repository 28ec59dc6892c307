"""The libraries: one file at a time, many dropped at once, chosen in an editor, many changed at once."""

from types import SimpleNamespace

from wagtail.documents.models import Document
from wagtail.models import Collection, UploadedFile

from home.images import CustomImage

from .files import paper, picture, stored_document, stored_image
from .register import REVIEWING, STAFF, posted, reads
from .visitor import fields_of

SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def library():
    """One of each, somebody else's, and a collection to put them into."""
    return SimpleNamespace(
        image=stored_image(),
        document=stored_document(),
        collection=Collection.get_first_root_node().add_child(name="Forum"),
    )


# Images --------------------------------------------------------------------------------------------------------------


@posted("cms/images/add/", may=STAFF, given=library)
def add_an_image(visitor, world):
    visitor.form().send(title="青山", file=picture(), alt_zh_hans="一座山", tags="山, hills")
    image = CustomImage.objects.get(title="青山")
    assert image.alt_zh_hans == "一座山"
    assert set(image.tags.names()) == {"山", "hills"}
    assert image.uploaded_by_user == visitor.user


@posted("cms/images/<int:image_id>/", may=REVIEWING, given=library)
def replace_an_image(visitor, world):
    form = visitor.form(image_id=world.image.pk)
    form.send(title="青山", file=picture("other.png"), credit_en="A photographer", rights_expire_on="2030-01-01")
    image = CustomImage.objects.get(pk=world.image.pk)
    assert image.title == "青山"
    assert image.filename.startswith("other")


@posted("cms/images/<int:image_id>/delete/", may=REVIEWING, given=library)
def delete_an_image(visitor, world):
    visitor.form(image_id=world.image.pk).send()
    assert not CustomImage.objects.exists()


def dropped(visitor, file, **data):
    """The answer to a file that was dropped on the upload page."""
    kind = "images" if file.content_type.startswith("image") else "documents"
    form = visitor.form(to=f"/cms/{kind}/multiple/add/")
    return form.fill({"files[]": file}).send(headers=SCRIPT, **data).json()


def fill_dropped(visitor, answer, **filled):
    """Fill in and send the form that such an answer shows."""
    fields = fields_of(answer["form"])
    prefix = next(name for name in fields if name.endswith("-title")).removesuffix("title")
    key = next(value for name, value in answer.items() if name.endswith("_id"))
    names = {"image_id": key, "doc_id": key, "uploaded_file_id": key}
    return visitor.post(
        {**fields, **{f"{prefix}{name}": value for name, value in filled.items()}}, headers=SCRIPT, **names
    )


@posted("cms/images/multiple/add/", may=STAFF, given=library)
def drop_an_image(visitor, world):
    answer = dropped(visitor, picture(), title="青山")
    assert answer["success"]
    assert CustomImage.objects.get(pk=answer["image_id"]).title == "青山"


@posted("cms/images/multiple/<int:image_id>/", may=STAFF, given=library)
def name_a_dropped_image(visitor, world):
    answer = dropped(visitor, picture(), title="DSC_0001")
    assert fill_dropped(visitor, answer, title="青山", alt_en="A hill", tags="hills").json()["success"]
    image = CustomImage.objects.get(title="青山")
    assert image.alt_en == "A hill"
    assert list(image.tags.names()) == ["hills"]


@posted("cms/images/multiple/<int:image_id>/", may=REVIEWING, given=library)
def name_an_image_that_somebody_else_dropped(visitor, world):
    data = {f"image-{world.image.pk}-title": "青山", f"image-{world.image.pk}-collection": world.collection.pk}
    visitor.post(data, image_id=world.image.pk, headers=SCRIPT)
    assert CustomImage.objects.get(pk=world.image.pk).title == "青山"


@posted("cms/images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/", may=STAFF, given=library)
def name_a_dropped_image_that_could_not_be_kept_as_it_was(visitor, world):
    answer = dropped(visitor, picture(), title="山" * 300)
    assert "uploaded_file_id" in answer
    assert fill_dropped(visitor, answer, title="青山", alt_en="A hill").json()["success"]
    image = CustomImage.objects.get(title="青山")
    assert (image.alt_en, image.width, image.uploaded_by_user) == ("A hill", 64, visitor.user)
    assert not UploadedFile.objects.exists()


@posted("cms/images/multiple/<int:image_id>/delete/", may=STAFF, given=library)
def give_up_a_dropped_image(visitor, world):
    answer = dropped(visitor, picture(), title="青山")
    visitor.post(image_id=answer["image_id"], headers=SCRIPT)
    assert not CustomImage.objects.filter(title="青山").exists()


@posted("cms/images/multiple/<int:image_id>/delete/", may=REVIEWING, given=library)
def give_up_an_image_that_somebody_else_dropped(visitor, world):
    visitor.post(image_id=world.image.pk, headers=SCRIPT)
    assert not CustomImage.objects.exists()


@posted("cms/images/multiple/delete_upload/<int:uploaded_file_id>/", may=STAFF, given=library)
def give_up_a_dropped_image_that_could_not_be_kept(visitor, world):
    answer = dropped(visitor, picture(), title="山" * 300)
    visitor.post(uploaded_file_id=answer["uploaded_file_id"], headers=SCRIPT)
    assert not UploadedFile.objects.exists()


@posted("cms/images/chooser/create/", may=STAFF, given=library)
def upload_an_image_while_choosing_one(visitor, world):
    form = visitor.form(to="/cms/images/chooser/", holding="image-chooser-upload-title")
    fields = {"title": "青山", "file": picture(), "alt_en": "A hill"}
    answer = form.send(**{f"image-chooser-upload-{name}": value for name, value in fields.items()}).json()
    assert answer["step"] == "chosen"
    assert CustomImage.objects.get(pk=answer["result"]["id"]).alt_en == "A hill"


@posted("cms/images/chooser/<int:image_id>/select_format/", may=STAFF, given=library)
def put_an_image_into_a_text(visitor, world):
    form = visitor.form(image_id=stored_image().pk)  # the file of the world's is gone with the row that was deleted
    form.fill({"image-chooser-insertion-image_is_decorative": None, "image-chooser-insertion-format": "fullwidth"})
    answer = form.send(**{"image-chooser-insertion-alt_text": "青山"}).json()
    assert answer["step"] == "chosen"
    assert answer["result"]["alt"] == "青山"


# Documents -----------------------------------------------------------------------------------------------------------


@posted("cms/documents/add/", may=STAFF, given=library)
def add_a_document(visitor, world):
    visitor.form().send(title="征稿启事", file=paper(), tags="forum")
    document = Document.objects.get(title="征稿启事")
    assert document.uploaded_by_user == visitor.user
    assert document.file_size


@posted("cms/documents/edit/<int:document_id>/", may=REVIEWING, given=library)
def replace_a_document(visitor, world):
    visitor.form(document_id=world.document.pk).send(title="征稿启事", file=paper("other.pdf"))
    document = Document.objects.get(pk=world.document.pk)
    assert document.title == "征稿启事"
    assert document.filename.startswith("other")


@posted("cms/documents/delete/<int:document_id>/", may=REVIEWING, given=library)
def delete_a_document(visitor, world):
    visitor.form(document_id=world.document.pk).send()
    assert not Document.objects.exists()


@posted("cms/documents/multiple/add/", may=STAFF, given=library)
def drop_a_document(visitor, world):
    answer = dropped(visitor, paper(), title="征稿启事")
    assert answer["success"]
    assert Document.objects.get(pk=answer["doc_id"]).title == "征稿启事"


@posted("cms/documents/multiple/<int:doc_id>/", may=STAFF, given=library)
def name_a_dropped_document(visitor, world):
    answer = dropped(visitor, paper(), title="scan0001")
    assert fill_dropped(visitor, answer, title="征稿启事", tags="forum").json()["success"]
    assert Document.objects.filter(title="征稿启事").exists()


@posted("cms/documents/multiple/<int:doc_id>/", may=REVIEWING, given=library)
def name_a_document_that_somebody_else_dropped(visitor, world):
    data = {f"doc-{world.document.pk}-title": "征稿启事", f"doc-{world.document.pk}-collection": world.collection.pk}
    visitor.post(data, doc_id=world.document.pk, headers=SCRIPT)
    assert Document.objects.get(pk=world.document.pk).title == "征稿启事"


@posted("cms/documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/", may=STAFF, given=library)
def name_a_dropped_document_that_could_not_be_kept_as_it_was(visitor, world):
    answer = dropped(visitor, paper(), title="启" * 300)
    assert "uploaded_file_id" in answer
    assert fill_dropped(visitor, answer, title="征稿启事").json()["success"]
    document = Document.objects.get(title="征稿启事")
    assert document.file_size and document.uploaded_by_user == visitor.user
    assert not UploadedFile.objects.exists()


@posted("cms/documents/multiple/<int:doc_id>/delete/", may=STAFF, given=library)
def give_up_a_dropped_document(visitor, world):
    answer = dropped(visitor, paper(), title="征稿启事")
    visitor.post(doc_id=answer["doc_id"], headers=SCRIPT)
    assert not Document.objects.filter(title="征稿启事").exists()


@posted("cms/documents/multiple/delete_upload/<int:uploaded_file_id>/", may=STAFF, given=library)
def give_up_a_dropped_document_that_could_not_be_kept(visitor, world):
    answer = dropped(visitor, paper(), title="启" * 300)
    visitor.post(uploaded_file_id=answer["uploaded_file_id"], headers=SCRIPT)
    assert not UploadedFile.objects.exists()


@posted("cms/documents/chooser/create/", may=STAFF, given=library)
def upload_a_document_while_choosing_one(visitor, world):
    form = visitor.form(to="/cms/documents/chooser/", holding="document-chooser-upload-title")
    fields = {"document-chooser-upload-title": "征稿启事", "document-chooser-upload-file": paper()}
    answer = form.send(**fields).json()
    assert answer["step"] == "chosen"
    assert Document.objects.get(pk=answer["result"]["id"]).title == "征稿启事"


# Many at once --------------------------------------------------------------------------------------------------------

KINDS = [("home/customimage", CustomImage), ("wagtaildocs/document", Document)]


def bulk(visitor, world):
    """The form of a bulk action for the image or the document, and which it is."""
    thing = world.image if "customimage" in visitor.address else world.document
    return visitor.form(query={"id": thing.pk}), type(thing).objects.filter(pk=thing.pk)


@posted(*(f"cms/bulk/{kind}/add_tags/" for kind, _ in KINDS), may=REVIEWING, given=library)
def tag_many(visitor, world):
    form, things = bulk(visitor, world)
    visitor.done_to_some(form.send(tags="forum,论坛"))
    assert set(things.get().tags.names()) == {"forum", "论坛"}


@posted(*(f"cms/bulk/{kind}/add_to_collection/" for kind, _ in KINDS), may=REVIEWING, given=library)
def collect_many(visitor, world):
    form, things = bulk(visitor, world)
    visitor.done_to_some(form.send(collection=world.collection.pk))
    assert things.get().collection == world.collection


@posted(*(f"cms/bulk/{kind}/delete/" for kind, _ in KINDS), may=REVIEWING, given=library)
def delete_many(visitor, world):
    form, things = bulk(visitor, world)
    visitor.done_to_some(form.send())
    assert not things.exists()


reads("an image drawn for the page of its address", "cms/images/<int:image_id>/preview/<str:filter_spec>/")
reads("a list of tags", "cms/tag-autocomplete/", "cms/tag-autocomplete/<slug:app_name>/<slug:model_name>/")
